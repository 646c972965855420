package org.chargebridge.console.web;

import java.util.Set;
import org.chargebridge.charge.OneLine;
import org.springframework.stereotype.Component;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Marks characters that nobody sees in whatever a page writes: names and texts are those of whoever wrote the file, and
 * two that look alike must not be taken for the same.
 */
@Component
class UnseenCharacters extends AbstractDialect implements IPostProcessorDialect {

    private static final int LAST = 1000;

    UnseenCharacters() {
        super("unseen characters");
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return LAST;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Marks.class, LAST));
    }

    /** Made by Thymeleaf for each page. */
    public static final class Marks extends AbstractTemplateHandler {

        @Override
        public void handleText(IText text) {
            String written = text.getText();
            String marked = OneLine.markedOnLines(written);
            super.handleText(
                    marked.equals(written)
                            ? text
                            : getContext().getModelFactory().createText(marked));
        }
    }
}
