"""A seller who haggles, for with-bot.yaml: python3 bot.py [port]. Python's own library is all it needs."""
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def answer(messages, name, context):
    lowest, asking = context["lowest_price"], context["asking_price"]
    offers = [int(n) for m in messages if m["id"] != name for n in re.findall(r"\b\d+\b", m["text"])]
    turns = sum(m["id"] == name for m in messages)
    if not offers:
        return f"Hello! The {context['item'].lower()} is {asking}. What would you give for it?"
    price = max(lowest, asking - (asking - lowest) * (turns + 1) // 4)
    if offers[-1] >= price:
        return f"{offers[-1]} it is. Thank you, and enjoy it!"
    return f"{offers[-1]} is too little for me. I could do {price}."


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"text": answer(asked["messages"], asked["name"], asked["context"])}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8100), Handler)
    print(f"Answering on http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
