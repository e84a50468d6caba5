package org.mephisto.blueprint.chat.talk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long the others wait for silent people. Stateless: who is waited for since when is known at their seat. */
final class Patience {
    private Patience() {}

    /** Waits for what happens next, or until something is due for a silent person. */
    static Optional<Heard> next(
            Optional<Duration> timeout, List<PersonSeat> people, Hearing hearing, InstantSource clock)
            throws InterruptedException {
        Optional<Instant> due = timeout.flatMap(limit ->
                people.stream().flatMap(person -> person.due(limit).stream()).min(Comparator.naturalOrder()));
        return due.isPresent()
                ? hearing.next(Duration.between(clock.instant(), due.get()))
                : Optional.of(hearing.next());
    }

    /** Warns those who were silent for long, and times out those who were silent for too long. */
    static void lose(Duration timeout, List<PersonSeat> people, Hearing hearing, InstantSource clock)
            throws InterruptedException {
        Instant now = clock.instant();
        for (PersonSeat person : people) {
            if (person.due(timeout).filter(due -> !due.isAfter(now)).isEmpty()) {
                continue;
            }
            if (person.warn()) {
                long seconds = Math.max(1, PersonSeat.notice(timeout).toSeconds());
                person.tell(ChatUpdates.text(
                                ChatUpdates.SYSTEM,
                                "Are you still there? Please answer within " + seconds
                                        + (seconds == 1 ? " second" : " seconds")
                                        + ", or the chat goes on without you.",
                                now)
                        .put(ChatUpdates.REMINDER, true));
            } else {
                hearing.timeOut(person);
            }
        }
    }
}
