/** The {@code template_task} blueprint: its configuration, its work, and the factory by which the registry finds it. */
package templatetask;
