package org.mephisto.blueprint.chat.talk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.mephisto.blueprint.chat.bot.BotException;
import org.mephisto.blueprint.chat.bot.BotQuestion;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.Agent;

/**
 * Listens to everybody at once: two virtual threads for each person, one for their words and one for their submission, and one for each question to a
 * bot put what they hear into one queue. The queue is bounded: while it is full, what people send waits in their inboxes, whose limits are the host's. All methods belong to
 * the conversation's thread.
 */
final class Hearing implements AutoCloseable {
    private static final int QUEUE_LENGTH = 256;

    /** An agent's own time ends long before. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(QUEUE_LENGTH);
    private final Deque<Heard> first = new ArrayDeque<>();
    private final Map<PersonSeat, Thread> listeners = new HashMap<>();
    private final Set<Thread> others = new HashSet<>();

    /** Begins to listen to a person; once for each. */
    void begin(PersonSeat person) {
        listen(person);
        others.add(Thread.ofVirtual().name(name(person)).start(() -> awaitSubmit(person)));
    }

    private void listen(PersonSeat person) {
        listeners.put(person, Thread.ofVirtual().name(name(person)).start(() -> listenTo(person)));
    }

    private static String name(PersonSeat person) {
        return "chat-" + person.agent().unit().id();
    }

    private void awaitSubmit(PersonSeat person) {
        try {
            person.agent().awaitSubmit(FOR_EVER);
            put(new Heard.Submitted(person));
        } catch (AbsentAgentException e) {
            // The thread that listens to this person's words hears it too, and after the last of them.
        } catch (RuntimeException e) {
            put(new Heard.Broken(e));
        } catch (InterruptedException e) {
            // The conversation is over.
        }
    }

    private void listenTo(PersonSeat person) {
        Agent agent = person.agent();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                put(new Heard.Sent(person, agent.act(FOR_EVER).data().node()));
            }
        } catch (AbsentAgentException e) {
            put(new Heard.Left(person, e));
        } catch (RuntimeException e) {
            put(new Heard.Broken(e));
        } catch (InterruptedException e) {
            // The conversation is over, or has lost patience with this person.
        }
    }

    /** What was taken from an inbox must not get lost when the thread is stopped just then. */
    private void put(Heard what) {
        try {
            heard.put(what);
        } catch (InterruptedException e) {
            heard.offer(what);
            Thread.currentThread().interrupt();
        }
    }

    /** Asks a bot; the answer is heard later. */
    void ask(BotSeat seat, BotQuestion question) {
        others.removeIf(thread -> !thread.isAlive());
        others.add(Thread.ofVirtual().name("chat-bot-" + seat.name()).start(() -> answer(seat, question)));
    }

    private void answer(BotSeat seat, BotQuestion question) {
        try {
            put(new Heard.Answered(seat, seat.bot().answer(question)));
        } catch (BotException e) {
            put(new Heard.Failed(seat, e.getMessage()));
        } catch (RuntimeException e) {
            put(new Heard.Broken(e));
        } catch (InterruptedException e) {
            // The conversation is over.
        }
    }

    /** Has something be the next thing that is heard, unless there is one already. */
    void add(Heard what) {
        first.add(what);
    }

    /** Waits for the next thing that happens. */
    Heard next() throws InterruptedException {
        return first.isEmpty() ? heard.take() : first.remove();
    }

    /** Likewise, at most this long. */
    Optional<Heard> next(Duration timeout) throws InterruptedException {
        if (!first.isEmpty()) {
            return Optional.of(first.remove());
        }
        return Optional.ofNullable(heard.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS));
    }

    /** Ends the patience with a person: their agent times out, unless they have sent something this moment. Either is heard next. */
    void timeOut(PersonSeat person) throws InterruptedException {
        stop(person);
        if (heard.isEmpty()) {
            try {
                add(new Heard.Sent(person, person.agent().act(AT_ONCE).data().node()));
            } catch (AbsentAgentException e) {
                add(new Heard.Left(person, e));
                return;
            }
        }
        listen(person);
    }

    private void stop(PersonSeat person) throws InterruptedException {
        Thread thread = listeners.remove(person);
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    /** Stops all threads; they end by themselves within moments. */
    @Override
    public void close() {
        listeners.values().forEach(Thread::interrupt);
        others.forEach(Thread::interrupt);
    }
}
