/** Why a worker got no unit, in words for the requester. Reads the store; called by commands and by the API, on threads that may block. */
@NullMarked
package org.mephisto.refusal;

import org.jspecify.annotations.NullMarked;
