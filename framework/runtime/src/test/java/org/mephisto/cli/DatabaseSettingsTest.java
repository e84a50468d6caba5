package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mephisto.store.DatabaseConfig;

final class DatabaseSettingsTest {
    private static final Optional<Path> USUAL = Optional.empty();

    @Test
    void nothingNeedsToBeSaidOfTheUsualPlace() {
        assertThat(DatabaseSettings.of(USUAL, DatabaseSettings.standard())).isEmpty();
    }

    @Test
    void aDataFolderOfTheTasksOwnIsNamed() {
        assertThat(DatabaseSettings.of(Optional.of(Path.of("/data/birds")), DatabaseSettings.standard()))
                .containsExactly("mephisto.datapath=/data/birds");
    }

    @Test
    void aServerIsNamedWithoutThePassword() {
        DatabaseConfig server = server(Optional.empty());

        assertThat(DatabaseSettings.of(USUAL, server))
                .containsExactly(
                        "mephisto.database._database_type=mysql",
                        "mephisto.database.host=db",
                        "mephisto.database.port=3307",
                        "mephisto.database.database=birds",
                        "mephisto.database.user=ann",
                        "mephisto.database.password=PASSWORD");
    }

    @Test
    void aUrlIsNotShownAsItMayHoldAPassword() {
        DatabaseConfig server = server(Optional.of("jdbc:mysql://db/birds?password=hidden"));

        assertThat(DatabaseSettings.of(USUAL, server))
                .contains("mephisto.database.url=URL")
                .noneMatch(setting -> setting.contains("hidden") || setting.contains("host"));
    }

    private static DatabaseConfig server(Optional<String> url) {
        return new DatabaseConfig("mysql", url, "db", 3307, "birds", Optional.of("ann"), Optional.of("secret"), 4);
    }
}
