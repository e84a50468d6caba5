package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.mephisto.config.state.SharedStateArgs.FunctionArgs;

/**
 * What {@code mephisto.shared_state} says about screening and gold units, checked for its form only.
 *
 * @param screeningData a list, a file's path, or false for screening with real work
 * @param goldData a list or a file's path
 */
public record EligibilityData(
        Optional<JsonNode> screeningData,
        Optional<JsonNode> goldData,
        Optional<FunctionArgs> screenUnit,
        Optional<FunctionArgs> goldUnit) {}
