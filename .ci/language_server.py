"""What an editor asks a language server: to open a file, to explain what stands at a place, to propose words."""

import json
import subprocess


class LanguageServer:
    """A server on standard input and output, asked one thing at a time."""

    def __init__(self, command, folder):
        self.server = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.asked = 0
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.kill()
        self.server.wait()

    def tell(self, method, parameters, **more):
        text = json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters, **more}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(text), text))
        self.server.stdin.flush()

    def hear(self, is_wanted):
        """The first message that is wanted; what the server asks meanwhile gets no settings."""
        while True:
            length = 0
            while line := self.server.stdout.readline().strip():
                name, value = line.split(b":", 1)
                length = int(value) if name.lower() == b"content-length" else length
            assert length, "the server has closed its end"
            message = json.loads(self.server.stdout.read(length))
            if is_wanted(message):
                return message
            if "method" in message and "id" in message:
                answer = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode()
                self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(answer), answer))
                self.server.stdin.flush()

    def ask(self, method, parameters):
        self.asked += 1
        number = self.asked
        self.tell(method, parameters, id=number)
        return self.hear(lambda message: message.get("id") == number and "method" not in message)["result"]

    def open(self, uri, text):
        """Opens a file and gives what the server complains of in it."""
        document = {"uri": uri, "languageId": "toml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        told = self.hear(lambda message: message.get("method") == "textDocument/publishDiagnostics")
        return told["params"]["diagnostics"]

    def explain(self, uri, line, column):
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        answer = self.ask("textDocument/hover", place)
        return answer["contents"]["value"] if answer else ""

    def propose(self, uri, line, column):
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        answer = self.ask("textDocument/completion", place)
        return [item["label"] for item in answer or []]
