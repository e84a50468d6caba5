/**
 * Which blueprints, architects and crowd providers there are, by type name. {@link org.mephisto.registry.Registry} takes them from plugin
 * jars and from code; nobody else knows PF4J.
 *
 * <p>A jar passes through these steps, each of which may refuse it with a reason and none of which can harm another jar: its descriptor
 * is read ({@code PluginDescriptors}), its version and what it requires are checked ({@code PluginVersions}), it is put in order with the
 * plugins it depends on ({@code PluginOrder}), loaded behind its own class loader ({@code PluginHost}, {@code PluginIsolation}), and the
 * factories its service files name are made and asked who they are ({@code FactoryLoader}).
 *
 * <p>Filled once at start-up on one thread; read by any thread afterwards.
 */
@NullMarked
package org.mephisto.registry;

import org.jspecify.annotations.NullMarked;
