package org.mephisto.agreement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is said of the agreement in a field.
 *
 * @param coefficients by their names, in the order in which they are shown
 * @param votes of each item
 * @param likely the most likely value of each item
 */
public record AgreementReport(
        Ratings ratings, Level level, Map<String, Coefficient> coefficients, List<Vote> votes, DawidSkene likely) {

    /**
     * @param order the ranks from low to high, for {@link Level#ORDINAL}; empty where the values are numbers
     * @throws org.mephisto.spi.error.MephistoException {@code INVALID_INPUT} for values that do not fit the level
     */
    public static AgreementReport of(Ratings ratings, Level level, List<String> order) {
        Map<String, Coefficient> coefficients = new LinkedHashMap<>();
        coefficients.put("percent_agreement", Coefficients.percentAgreement(ratings));
        coefficients.put("cohens_kappa", Coefficients.cohensKappa(ratings));
        coefficients.put("fleiss_kappa", Coefficients.fleissKappa(ratings));
        coefficients.put("krippendorffs_alpha", Coefficients.krippendorffsAlpha(ratings, level, order));
        return new AgreementReport(
                ratings, level, Collections.unmodifiableMap(coefficients), Vote.all(ratings), DawidSkene.of(ratings));
    }
}
