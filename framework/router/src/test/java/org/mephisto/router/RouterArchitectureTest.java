package org.mephisto.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RouterArchitectureTest {
    private static final JavaClasses ROUTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mephisto.router");

    @Test
    void theRouterKnowsNothingOfOursButTheSpi() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.mephisto.router",
                        "org.mephisto.spi..",
                        "java..",
                        "io.vertx..",
                        "io.netty.buffer",
                        "io.netty.channel",
                        "io.netty.handler.codec.http.websocketx",
                        "com.fasterxml.jackson..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(ROUTER);
    }
}
