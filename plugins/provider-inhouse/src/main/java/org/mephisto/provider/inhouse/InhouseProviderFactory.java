package org.mephisto.provider.inhouse;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.pf4j.Extension;

/** Makes providers of the type {@code inhouse}. */
@Extension
public final class InhouseProviderFactory implements CrowdProviderFactory {
    @Override
    public String type() {
        return "inhouse";
    }

    @Override
    public String description() {
        return "Your own people, known by an id in the link they get; they are paid outside of Mephisto.";
    }

    @Override
    public Class<? extends Record> configType() {
        return InhouseProviderConfig.class;
    }

    @Override
    public Class<? extends Record> requesterType() {
        return InhouseRequester.class;
    }

    @Override
    public Optional<String> defaultRequester() {
        return Optional.of("inhouse");
    }

    @Override
    public CrowdProvider create(CrowdProviderContext context) {
        return new InhouseProvider(uiBaseUrl(context.config(InhouseProviderConfig.class)), context.store());
    }

    /** Empty where links go to the architect's address. */
    private static Optional<URI> uiBaseUrl(InhouseProviderConfig config) {
        String text = config.uiBaseUrl();
        if (text.equals(InhouseProviderConfig.DEFAULT_UI_BASE_URL)) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (web && url.getHost() != null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // told below, as any other text that is no web address
        }
        throw new ConfigException(
                "mephisto.provider.ui_base_url",
                "\"" + text + "\" is not a web address. Write one such as \"https://tasks.example.org\".");
    }
}
