package org.mephisto.agreement;

import java.util.ArrayList;
import java.util.List;
import org.mephisto.agreement.Ratings.Rating;

/** Data of worked examples, as their authors print them. */
final class PublishedExamples {
    private PublishedExamples() {}

    /**
     * Four observers, twelve units, some values missing: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C/D.
     */
    static Ratings krippendorff2011() {
        return byWorker(
                "A", "1 2 3 3 2 1 4 1 2 . . .",
                "B", "1 2 3 3 2 2 4 1 2 5 . 3",
                "C", ". 3 3 3 2 3 4 2 2 5 1 .",
                "D", "1 2 3 3 2 4 4 1 2 5 1 .");
    }

    /** Ten subjects by fourteen raters: the worked example of Wikipedia's "Fleiss' kappa", in the form of J. L. Fleiss (1971). */
    static Ratings fleiss() {
        int[][] counts = {
            {0, 0, 0, 0, 14},
            {0, 2, 6, 4, 2},
            {0, 0, 3, 5, 6},
            {0, 3, 9, 2, 0},
            {2, 2, 8, 1, 1},
            {7, 7, 0, 0, 0},
            {3, 2, 6, 3, 0},
            {2, 5, 3, 2, 2},
            {6, 5, 2, 1, 0},
            {0, 2, 2, 3, 7}
        };
        List<Rating> ratings = new ArrayList<>();
        for (int subject = 0; subject < counts.length; subject++) {
            int rater = 0;
            for (int category = 0; category < counts[subject].length; category++) {
                for (int n = 0; n < counts[subject][category]; n++) {
                    ratings.add(new Rating("" + subject, "rater " + rater++, "" + (category + 1)));
                }
            }
        }
        return new Ratings(ratings);
    }

    /**
     * Two judges, three categories, 200 subjects: J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological
     * Measurement 20 (1960), 37-46.
     */
    static Ratings cohen1960() {
        int[][] table = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};
        List<Rating> ratings = new ArrayList<>();
        int subject = 0;
        for (int a = 0; a < table.length; a++) {
            for (int b = 0; b < table[a].length; b++) {
                for (int n = 0; n < table[a][b]; n++) {
                    ratings.add(new Rating("" + subject, "A", "" + a));
                    ratings.add(new Rating("" + subject, "B", "" + b));
                    subject++;
                }
            }
        }
        return new Ratings(ratings);
    }

    /**
     * Five anaesthetists on the fitness of 45 patients, the first of them three times: A. P. Dawid and A. M. Skene, "Maximum Likelihood
     * Estimation of Observer Error-Rates Using the EM Algorithm", Applied Statistics 28 (1979), 20-28, table 1.
     */
    static Ratings dawidSkene1979() {
        String[] patients = """
                111 1 1 1 1/333 4 3 3 4/112 2 1 2 2/222 3 1 2 1/222 3 2 2 2/222 3 3 2 2/122 2 1 1 1/333 3 4 3 3/222 2 2 2 3/232 2 2 2 3
                444 4 4 4 4/222 3 3 4 3/111 1 1 1 1/222 3 2 1 2/121 1 1 1 1/111 2 1 1 1/111 1 1 1 1/111 1 1 1 1/222 2 2 2 1/222 1 3 2 2
                222 2 2 2 2/222 2 2 2 1/222 3 2 2 2/221 2 2 2 2/111 1 1 1 1/111 1 1 1 1/232 2 2 2 2/111 1 1 1 1/111 1 1 1 1/112 1 1 2 1
                111 1 1 1 1/333 3 2 3 3/111 1 1 1 1/222 2 2 2 2/222 3 2 3 2/433 4 3 4 3/221 2 2 3 2/232 3 2 3 3/333 3 4 3 2/111 1 1 1 1
                111 1 1 1 1/121 2 1 1 1/232 2 2 2 2/121 1 1 1 1/222 2 2 2 2""".split("[/\n]");
        List<Rating> ratings = new ArrayList<>();
        for (int patient = 0; patient < patients.length; patient++) {
            String[] observers = patients[patient].split(" ");
            for (int observer = 0; observer < observers.length; observer++) {
                for (char value : observers[observer].toCharArray()) {
                    ratings.add(new Rating("" + (patient + 1), "" + (observer + 1), "" + value));
                }
            }
        }
        return new Ratings(ratings);
    }

    /** A worker and what they said of the items, blank by blank; a dot for nothing. */
    static Ratings byWorker(String... workersAndValues) {
        List<Rating> ratings = new ArrayList<>();
        for (int w = 0; w < workersAndValues.length; w += 2) {
            String[] values = workersAndValues[w + 1].split(" ");
            for (int item = 0; item < values.length; item++) {
                if (!values[item].equals(".")) {
                    ratings.add(new Rating("" + (item + 1), workersAndValues[w], values[item]));
                }
            }
        }
        return new Ratings(ratings);
    }
}
