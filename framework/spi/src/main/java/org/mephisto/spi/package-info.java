/**
 * All that a plugin compiles against. Three extension points: {@link org.mephisto.spi.blueprint.BlueprintFactory}, {@link
 * org.mephisto.spi.architect.ArchitectFactory} and {@link org.mephisto.spi.provider.CrowdProviderFactory}; each names a type and creates
 * the thing for one task run from a context, in which comes all that a plugin may use of its host.
 */
@NullMarked
package org.mephisto.spi;

import org.jspecify.annotations.NullMarked;
