package org.mephisto.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What lifecycle says workers get, written down once more and as plainly as can be: one visit after the other, lists looked through from the
 * start. Knows nothing of how the pool does it.
 */
final class EligibilityModel {
    final Settings settings;
    private final List<Integer> free = new ArrayList<>();
    private final Map<String, Person> people = new HashMap<>();
    private int screeningUnits;
    private int goldUnits;

    EligibilityModel(Settings settings) {
        this.settings = settings;
        for (int assignment = 0; assignment < settings.assignments; assignment++) {
            for (int unit = 0; unit < settings.unitsEach; unit++) {
                free.add(assignment);
            }
        }
    }

    /** What a run is like; 0 for "not used" where that makes sense. */
    record Settings(
            int assignments,
            int unitsEach,
            boolean asksSkill,
            boolean blocks,
            int allowedConcurrent,
            int maximumPerWorker,
            boolean onboards,
            Special special,
            int mostSpecial,
            int minGolds,
            int maxIncorrectGolds) {
        enum Special {
            NONE,
            SCREENING,
            SCREENING_BY_REAL_UNITS,
            GOLD
        }

        static Settings random(Random random) {
            Special special = Special.values()[random.nextInt(Special.values().length)];
            return new Settings(
                    2 + random.nextInt(8),
                    1 + random.nextInt(2),
                    random.nextBoolean(),
                    random.nextBoolean() || special == Special.SCREENING || special == Special.SCREENING_BY_REAL_UNITS,
                    special == Special.NONE ? random.nextInt(3) : 1,
                    random.nextInt(5),
                    random.nextBoolean(),
                    special,
                    1 + random.nextInt(5),
                    random.nextInt(3),
                    random.nextInt(2));
        }
    }

    /** One worker. */
    private static final class Person {
        final Map<String, Integer> holds = new HashMap<>();
        final Set<Integer> workedOn = new HashSet<>();
        final Set<Integer> goldSeen = new HashSet<>();
        final Map<String, String> visits = new HashMap<>();
        int active;
        int counted;
        boolean isOnboarding;
        int completed;
        int correct;
        int incorrect;
    }

    private Person person(String name) {
        return people.computeIfAbsent(name, each -> new Person());
    }

    void grant(String name, String qualification, int value) {
        person(name).holds.put(qualification, value);
    }

    Map<String, Integer> holds(String name) {
        return person(name).holds;
    }

    /** What the worker gets at this visit. */
    String register(String name, String visit) {
        Person person = person(name);
        String known = person.visits.get(visit);
        if (known != null && !known.equals("passed")) {
            return known.equals("failed") ? "NOT_QUALIFIED" : known;
        }
        String got = admit(person);
        if (!isRefusal(got)) {
            person.visits.put(visit, got);
        }
        return got;
    }

    static boolean isRefusal(String got) {
        return Character.isUpperCase(got.charAt(0));
    }

    private String admit(Person person) {
        if (settings.asksSkill && person.holds.getOrDefault("skilled", 0) <= 3) {
            return "NOT_QUALIFIED";
        }
        for (String forbidden : List.of("blocked", "onboarded-failed", "g-disqualified")) {
            if (isNamed(forbidden) && person.holds.containsKey(forbidden)) {
                return "NOT_QUALIFIED";
            }
        }
        if (settings.allowedConcurrent > 0 && person.active >= settings.allowedConcurrent) {
            return "TOO_MANY_CONCURRENT";
        }
        if (settings.maximumPerWorker > 0 && person.counted >= settings.maximumPerWorker) {
            return "MAX_FOR_TASK";
        }
        boolean hasCandidate = free.stream().anyMatch(assignment -> !person.workedOn.contains(assignment));
        if (settings.onboards) {
            Integer onboarded = person.holds.get("onboarded");
            if (onboarded == null) {
                if (!hasCandidate && !person.isOnboarding) {
                    return "NO_AVAILABLE_UNITS";
                }
                person.isOnboarding = true;
                return "onboarding";
            }
            if (onboarded == 0) {
                return "NOT_QUALIFIED";
            }
        }
        return hasCandidate ? unitOrSpecial(person) : "NO_AVAILABLE_UNITS";
    }

    private boolean isNamed(String forbidden) {
        return switch (forbidden) {
            case "blocked" -> settings.blocks;
            case "onboarded-failed" -> settings.onboards;
            default -> settings.special == Settings.Special.GOLD;
        };
    }

    private String unitOrSpecial(Person person) {
        if (settings.special == Settings.Special.SCREENING && !person.holds.containsKey("screened")) {
            if (screeningUnits >= settings.mostSpecial) {
                return "NO_AVAILABLE_UNITS";
            }
            screeningUnits++;
            return began(person, "a screening unit");
        }
        if (settings.special == Settings.Special.GOLD && needsGold(person)) {
            for (int item = 1; item <= 3; item++) {
                if (goldUnits < settings.mostSpecial && person.goldSeen.add(item)) {
                    goldUnits++;
                    return began(person, "a gold unit " + item);
                }
            }
            if (person.correct < settings.minGolds) {
                return "NO_AVAILABLE_UNITS";
            }
        }
        return began(person, "a unit");
    }

    private boolean needsGold(Person person) {
        if (person.correct < settings.minGolds) {
            return true;
        }
        double target = Math.ceil(Math.pow(Math.log10(person.completed + 1), 2.2)) - 1;
        return person.correct - (settings.minGolds + person.incorrect) < target;
    }

    private static String began(Person person, String what) {
        person.active++;
        person.counted++;
        return what;
    }

    /** The unit that the worker has got is of this assignment; says whether they could have it. Which one it is, is no rule. */
    boolean took(String name, int assignment) {
        boolean wasFree = false;
        for (int i = 0; i < free.size() && !wasFree; i++) {
            wasFree = free.get(i) == assignment;
            if (wasFree) {
                free.remove(i);
            }
        }
        return person(name).workedOn.add(assignment) && wasFree;
    }

    /** What the worker gets when the onboarding of this visit is submitted. */
    String submitOnboarding(String name, String visit, boolean isRight) {
        Person person = person(name);
        if (person.isOnboarding) {
            person.isOnboarding = false;
            person.holds.put("onboarded", isRight ? 1 : 0);
            if (!isRight) {
                person.holds.put("onboarded-failed", 0);
            }
            person.visits.replaceAll((each, got) -> got.equals("onboarding") ? (isRight ? "passed" : "failed") : got);
        }
        return register(name, visit);
    }

    void submit(String name, String got, boolean isRight) {
        Person person = person(name);
        person.active--;
        if (got.startsWith("a gold")) {
            if (isRight) {
                person.correct++;
                person.holds.put("g-correct-golds", person.correct);
            } else {
                person.incorrect++;
                person.holds.put("g-wrong-golds", person.incorrect);
            }
            if (person.incorrect > settings.maxIncorrectGolds) {
                person.holds.put("g-disqualified", 1);
            }
        } else if (got.startsWith("a screening")
                || (settings.special == Settings.Special.SCREENING_BY_REAL_UNITS
                        && !person.holds.containsKey("screened"))) {
            person.holds.put(isRight ? "screened" : "blocked", 1);
        } else if (settings.special == Settings.Special.GOLD) {
            person.completed++;
            person.holds.put("g-completed-count", person.completed);
        }
    }
}
