/**
 * The {@code chat} blueprint, also known as {@code parlai_chat}: people and bots who write with each other. This package holds the options,
 * the page, and what pages and exports are given; {@link org.mephisto.blueprint.chat.talk} is the conversation itself,
 * {@link org.mephisto.blueprint.chat.bot} the bots in it, {@link org.mephisto.blueprint.chat.form} forms. The registry creates the factories; all else follows the SPI's threads.
 */
@NullMarked
package org.mephisto.blueprint.chat;

import org.jspecify.annotations.NullMarked;
