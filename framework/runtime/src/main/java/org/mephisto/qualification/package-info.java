/**
 * What is known of workers: qualifications, who holds them with which value, and who is blocked. Called by commands and by the API, on
 * threads that may block. Runs check qualifications themselves when a worker comes; here they are made, given and taken.
 */
@NullMarked
package org.mephisto.qualification;

import org.jspecify.annotations.NullMarked;
