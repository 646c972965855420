package org.chargebridge.intake;

import java.util.Comparator;
import org.apache.camel.component.file.GenericFile;
import org.springframework.stereotype.Component;

/** Mapping tables before the invoices of the same poll (MR20), then oldest first. */
@Component
public class ReadingOrder implements Comparator<GenericFile<?>> {

    private static final Comparator<GenericFile<?>> ORDER = Comparator.<GenericFile<?>, Boolean>comparing(
                    file -> !FileNames.isAgreements(file.getFileNameOnly()))
            .thenComparing(GenericFile::getLastModified)
            .thenComparing(GenericFile::getFileNameOnly);

    @Override
    public int compare(GenericFile<?> one, GenericFile<?> other) {
        return ORDER.compare(one, other);
    }
}
