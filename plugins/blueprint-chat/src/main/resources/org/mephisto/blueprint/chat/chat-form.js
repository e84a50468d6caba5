/**
 * Forms within the chat, `[{type: "choices", question, choices} | {type: "text", question}]`: globalThis.chatForm has drawForm(form, questions),
 * which fills an empty or other form element, and formResponses(form, questions) -> [{question, response}].
 */
(() => {
  "use strict";

  /** Leaves the form empty where there is nothing to ask. */
  function drawForm(form, questions) {
    form.replaceChildren(...questions.map((question, index) => (question.type === "choices" ? choices : line)(question, fieldName(index))));
    if (questions.length > 0) {
      const button = document.createElement("button");
      button.textContent = "Send answers";
      form.append(button);
    }
  }

  function fieldName(index) {
    return `answer-${index}`;
  }

  function choices(question, name) {
    const group = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = question.question;
    group.append(legend);
    for (const choice of question.choices ?? []) {
      const label = document.createElement("label");
      label.className = "choice";
      const radio = Object.assign(document.createElement("input"), { type: "radio", name, value: choice, required: true });
      label.append(radio, String(choice));
      group.append(label);
    }
    return group;
  }

  function line(question, name) {
    const label = document.createElement("label");
    label.className = "field";
    const text = document.createElement("span");
    text.className = "question";
    text.textContent = question.question;
    const input = Object.assign(document.createElement("input"), { type: "text", name, required: true, maxLength: 2000, autocomplete: "off" });
    label.append(text, input);
    return label;
  }

  function formResponses(form, questions) {
    const answers = new FormData(form);
    return questions.map(({ question }, index) => ({ question, response: String(answers.get(fieldName(index)) ?? "") }));
  }

  globalThis.chatForm = { drawForm, formResponses };
})();
