// What the page asks the server. Dash says nothing while it waits, and gives up where the server is gone; here the reader is
// told which of the two it is, and the question is put again until it is answered.
"use strict";

(() => {
  const LOADING_MS = 300;
  const SLOW_MS = 1_800;
  const AGAIN_MS = 1_500;
  const LONGEST_MS = 60_000; // after which a connection is taken for dead
  const AWAY = [502, 503, 504];
  const ask = window.fetch.bind(window);
  const newest = {}; // how often each kind of question was asked
  let waiting = 0;

  const say = (name) => {
    const place = document.getElementById("unanswered") ?? document.querySelector("#first-paint .loading");
    if (place) place.textContent = name ? window.words[name] : "";
  };
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));

  const untilAnswered = async (address, question) => {
    const kind = /"output":"[^"]*"/.exec(question?.body)?.[0] ?? address;
    const mine = (newest[kind] = (newest[kind] ?? 0) + 1);
    for (;;) {
      const later = [[LOADING_MS, "asking"], [SLOW_MS, "slow"]].map(([ms, name]) => setTimeout(() => say(name), ms));
      const answer = await ask(address, { ...question, signal: AbortSignal.timeout(LONGEST_MS) }).catch(() => null);
      later.forEach(clearTimeout);
      // Dash itself drops the answer to a question that was asked again since.
      if (answer && !AWAY.includes(answer.status)) return answer;
      if (newest[kind] !== mine) return answer ?? Response.error();
      say("unanswered");
      await pause(AGAIN_MS);
    }
  };

  window.fetch = async (address, question) => {
    if (!String(address).includes("/_dash-")) return ask(address, question);
    waiting += 1;
    const answer = await untilAnswered(address, question);
    waiting -= 1;
    if (!waiting) say("");
    return answer;
  };
})();
