import React from "react";

const CSS = `
  #app { --ink: #1f2328; --quiet: #57606a; --line: #d0d7de; --accent: #1d4ed8; color: var(--ink); }
  main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 6rem; }
  h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
  .notice { padding-top: 4rem; }
  img { display: block; width: 100%; height: auto; margin-bottom: 1.5rem; border: 1px solid var(--line); border-radius: .5rem; }
  fieldset { min-width: 0; margin: 0 0 1.5rem; padding: 0; border: 0; }
  legend { padding: 0; margin-bottom: .5rem; font-weight: 600; }
  .captions { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: .75rem; }
  .card {
    display: grid; grid-template-columns: auto 1fr auto; align-items: start; gap: .75rem; padding: 1rem;
    border: 1px solid var(--line); border-radius: .5rem; background: #fff; cursor: pointer;
  }
  .card:hover { border-color: var(--accent); }
  .card:focus-within { outline: 3px solid #1d4ed8; outline-offset: 2px; }
  .chosen { border-color: var(--accent); background: #eff4ff; box-shadow: inset 0 0 0 1px var(--accent); }
  .card input { width: 1.125rem; height: 1.125rem; margin: .2rem 0 0; accent-color: var(--accent); }
  .card input:focus { outline: none; }
  kbd { padding: 0 .4rem; border: 1px solid var(--line); border-radius: .25rem; font: .8125rem/1.5 ui-monospace, monospace; color: var(--quiet); background: #f6f8fa; }
  @media (hover: none) { kbd { display: none; } }
  .reason { display: block; margin-bottom: 1.75rem; font-weight: 600; }
  select { display: block; width: 100%; max-width: 22rem; min-height: 2.75rem; margin-top: .5rem; padding: .4rem .6rem; border: 1px solid #8c959f; border-radius: .375rem; font: inherit; font-weight: 400; color: inherit; background: #fff; }
  select:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
  button { min-height: 2.75rem; padding: .6rem 1.75rem; border: 1px solid #1e40af; border-radius: .375rem; font: inherit; font-weight: 600; color: #fff; background: var(--accent); cursor: pointer; }
  button:hover:not(:disabled) { background: #1e40af; }
  button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
  button:disabled { border-color: #57534e; background: #57534e; cursor: default; }
`;

/** The page's style sheet, inside the one bundle that the blueprint serves. */
export function Styles() {
  return <style>{CSS}</style>;
}
