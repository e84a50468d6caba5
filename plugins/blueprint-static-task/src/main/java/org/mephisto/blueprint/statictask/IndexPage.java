package org.mephisto.blueprint.statictask;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The page around the user's template. */
final class IndexPage {
    private IndexPage() {}

    static String titled(String title) throws IOException {
        try (InputStream in = IndexPage.class.getResourceAsStream("index.html")) {
            if (in == null) {
                throw new FileNotFoundException("\"index.html\" is missing in the plugin static_task. Install the plugin again.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{{title}}", escape(title));
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
