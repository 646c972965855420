package org.chargebridge.console.web;

import java.util.List;
import org.springframework.stereotype.Component;

/** The pages at the top of each page; templates call it {@code @navigation}. */
@Component("navigation")
public class Navigation {

    /**
     * @param name of the text that stands on it
     * @param forAdmins whether nobody else may ask for it
     */
    public record Entry(String name, String path, boolean forAdmins) {

        Entry(String name, String path) {
            this(name, path, false);
        }

        public boolean holds(String asked) {
            return path.equals("/") ? asked.equals("/") : asked.equals(path) || asked.startsWith(path + "/");
        }
    }

    public List<Entry> entries() {
        return List.of(
                new Entry("today", "/"),
                new Entry("files", "/files"),
                new Entry("charges", "/charges"),
                new Entry("deadletters", "/deadletters"),
                new Entry("approvals", "/approvals"),
                new Entry("reports", "/reports"),
                new Entry("routes", "/routes"),
                new Entry("audit", "/audit"),
                new Entry("erase", "/erase", true));
    }
}
