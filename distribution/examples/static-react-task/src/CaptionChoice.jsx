import React from "react";

const REASONS = ["It is more accurate", "It has more detail", "It reads better", "The other one is wrong"];

/** One picture, two captions, one choice. The keys 1 and 2 choose, too. */
export function CaptionChoice({ data, sending, onSubmit }) {
  const [choice, setChoice] = React.useState(null);
  const [reason, setReason] = React.useState("");

  React.useEffect(() => {
    const onKey = (event) => {
      const index = ["1", "2"].indexOf(event.key);
      if (index >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey) {
        setChoice(index);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const submit = (event) => {
    event.preventDefault();
    onSubmit({ id: data.id, choice, caption: data.captions[choice], reason });
  };

  return (
    <main>
      <h1>Which caption describes the picture better?</h1>
      <img src={data.picture} alt="The picture that the captions are for" width="640" height="400" />
      <form onSubmit={submit} aria-busy={sending}>
        <fieldset>
          <legend>Captions</legend>
          <div className="captions">
            {data.captions.map((caption, index) => (
              <label key={index} className={choice === index ? "card chosen" : "card"}>
                <input type="radio" name="choice" required checked={choice === index} onChange={() => setChoice(index)} />
                <span>{caption}</span>
                <kbd aria-hidden="true">{index + 1}</kbd>
              </label>
            ))}
          </div>
        </fieldset>
        <label className="reason">
          Mostly because
          <select required value={reason} onChange={(event) => setReason(event.target.value)}>
            <option value="">Please choose</option>
            {REASONS.map((text) => (
              <option key={text}>{text}</option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={sending}>
          {sending ? "Submitting…" : "Submit"}
        </button>
      </form>
    </main>
  );
}
