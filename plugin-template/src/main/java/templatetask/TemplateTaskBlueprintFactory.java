package templatetask;

import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.config.ConfigException;
import org.pf4j.Extension;

/** The {@code template-task} blueprint: one sentence in, one label out. */
@Extension
public final class TemplateTaskBlueprintFactory implements BlueprintFactory {
    @Override
    public String type() {
        return "template-task";
    }

    @Override
    public String description() {
        return "Sentences that people label.";
    }

    @Override
    public Class<? extends Record> configType() {
        return TemplateTaskConfig.class;
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        TemplateTaskConfig config = context.config(TemplateTaskConfig.class);
        if (!config.problems().isEmpty()) {
            throw new ConfigException(config.problems());
        }
        return new TemplateTaskBlueprint(config);
    }
}
