"""A small text model behind HTTP: counts words, no packages needed. Start it with: python3 model.py [port]"""
import json, math, re, sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KNOWN = {
    "delivery": "parcel package courier tracking arrive arrived late shipped shipping delivered address where box monday lost post",
    "payment": "charged charge twice payment invoice refund money card price paid bill discount amount send back order",
    "account": "sign login log password profile e-mail email reset account delete app name data locked user update",
    "product": "broken loose flickers switch colour color green size chair lamp works quality scratch missing part instead opened",
}
WORDS = {label: Counter(words.split()) for label, words in KNOWN.items()}


def classify(text):
    found = re.findall(r"[a-z-]+", text.lower())
    scores = {label: sum(math.log((words[w] + 0.2) / (sum(words.values()) + 20)) for w in found) for label, words in WORDS.items()}
    best = max(scores.values())
    weights = {label: math.exp(score - best) for label, score in scores.items()}
    label = max(weights, key=weights.get)
    reasons = [w for w in dict.fromkeys(found) if WORDS[label][w]]
    return {"label": label, "confidence": min(0.99, round(weights[label] / sum(weights.values()), 2)), "reasons": reasons}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = (call["args"] or {}).get("text", "")
        status, answer = (200, classify(text)) if text else (422, {"error": {"message": "There is no text."}})
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8000), Handler)
    print(f"Answering on http://127.0.0.1:{server.server_port}/classify", flush=True)
    server.serve_forever()
