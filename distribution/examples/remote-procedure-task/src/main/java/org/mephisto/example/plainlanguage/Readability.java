package org.mephisto.example.plainlanguage;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How easy an English text is to read, by Flesch's formula. Immutable.
 *
 * @param ease from 0 (a contract) to 100 (a children's book)
 * @param longSentences those of more than 20 words
 * @param hardWords words of four syllables and more
 */
record Readability(int ease, int words, int sentences, List<String> longSentences, List<String> hardWords) {
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}'’]+");
    private static final Pattern SYLLABLE = Pattern.compile("[aeiouy]+");
    private static final int MANY_WORDS = 20;
    private static final int MANY_SYLLABLES = 4;

    static Readability of(String text) {
        List<String> sentences = Stream.of(SENTENCE_END.split(text.strip()))
                .filter(each -> words(each).findAny().isPresent())
                .toList();
        List<String> words = words(text).toList();
        int syllables = words.stream().mapToInt(Readability::syllables).sum();
        double perSentence = words.size() / (double) Math.max(1, sentences.size());
        double perWord = syllables / (double) Math.max(1, words.size());
        double ease = 206.835 - 1.015 * perSentence - 84.6 * perWord;
        return new Readability(
                (int) Math.round(Math.clamp(ease, 0, 100)),
                words.size(),
                sentences.size(),
                sentences.stream()
                        .filter(each -> words(each).count() > MANY_WORDS)
                        .toList(),
                words.stream()
                        .filter(word -> syllables(word) >= MANY_SYLLABLES)
                        .distinct()
                        .toList());
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text).results().map(result -> result.group());
    }

    /** Groups of vowels; a silent e at the end is none. */
    private static int syllables(String word) {
        String bare = word.toLowerCase(Locale.ENGLISH)
                .replaceAll("(?<![aeiouyl])e$", "")
                .replaceAll("[^a-z]", "");
        Matcher groups = SYLLABLE.matcher(bare);
        return Math.max(1, (int) groups.results().count());
    }
}
