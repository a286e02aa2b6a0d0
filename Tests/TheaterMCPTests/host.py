"""Drives theater-mcp-server with the official client of the Model Context Protocol.

Usage: host.py --server PATH --test-server PATH [--schemas DIRECTORY] [SCENARIO...]

Every scenario runs against real processes: theater-test-server plays Theater and is killed with
SIGKILL when the scenario says so. Each line that the server writes is kept; with --schemas it is
checked against the schema of its protocol revision. Exit status 0 means that everything held.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

SENTENCE_START = "Theater server connection issue: "
SENTENCE_END = ". The server will attempt to reconnect on the next request. ["
META_KEY = "org.theater.mcp/error"
TOOLS = [
    "start_actor", "stop_actor", "restart_actor", "send_message", "request_message",
    "open_channel", "send_on_channel", "close_channel", "list_actors", "theater_status",
]
HANDSHAKE_REVISIONS = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
MODERN_REVISION = "2026-07-28"
MANIFEST = "actors/prober.toml"

options = argparse.Namespace()


class Failure(AssertionError):
    """Something did not hold."""


def require(condition, message):
    if not condition:
        raise Failure(message)


# ---------------------------------------------------------------- Theater


class Theater:
    """theater-test-server on a port of its own; dies by SIGKILL only."""

    def __init__(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = None

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen(
            [options.test_server, "--port", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while True:
            require(self.process.poll() is None, "theater-test-server has ended")
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            require(time.monotonic() < deadline, "theater-test-server does not listen")
            time.sleep(0.01)

    def kill(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


@contextlib.contextmanager
def theater(running=True):
    server = Theater()
    try:
        if running:
            server.start()
        yield server
    finally:
        server.kill()


# ---------------------------------------------------------------- host


@contextlib.asynccontextmanager
async def host(address, mode="auto", arguments=()):
    """A client on a server process whose output is kept and checked."""
    with tempfile.NamedTemporaryFile("r", suffix=".jsonl") as lines:
        command = StdioServerParameters(
            command="/bin/bash",
            args=[
                "-c", f'"$0" "$@" | tee -a {lines.name}', options.server,
                "--theater-address", address, "--log-level", "error", *arguments,
            ])
        async with Client(command, mode=mode, read_timeout_seconds=55, cache=None) as client:
            yield client
            revision = client.protocol_version
        written = [json.loads(line) for line in lines]
        require(written, "nothing was kept to be checked")
        for message in written:
            check_message(message, revision)


async def timed(awaitable):
    begin = time.monotonic()
    result = await awaitable
    return result, time.monotonic() - begin


def structured(result):
    require(not result.is_error, f"tool failed: {result.content[0].text}")
    require(
        json.loads(result.content[0].text) == result.structured_content,
        "the text is not the structured content")
    return result.structured_content


def failure(result):
    require(result.is_error, f"tool succeeded: {result.content}")
    require(result.structured_content is None, "an error with structured content")
    meta = result.meta[META_KEY]
    for key in ["code", "message", "retryable", "mayHaveExecuted", "phase", "attempts", "waitedMs",
                "retryAfterMs", "endpoint", "command"]:
        require(key in meta, f"{META_KEY} lacks {key}")
    return result.content[0].text, meta


def connection_failure(result, code):
    text, meta = failure(result)
    require(text.startswith(SENTENCE_START), f"no required sentence: {text}")
    require(f"{SENTENCE_END}{code}] " in text, f"no [{code}]: {text}")
    require(meta["code"] == code, f"code {meta['code']}, not {code}")
    return text, meta


# ---------------------------------------------------------------- schemas

schemas = {}


def check_message(message, revision):
    require(message.get("jsonrpc") == "2.0", f"no JSON-RPC: {message}")
    if message.get("method") == "notifications/progress":
        if revision in schemas:
            schemas[revision]("ProgressNotification", message)
        return
    require(("result" in message) != ("error" in message), f"no answer: {message}")
    validator = schemas.get(revision)
    if validator is None:
        return
    validator("JSONRPCMessage", message)
    if "result" not in message:
        return
    result = message["result"]
    kinds = {
        "tools": "ListToolsResult", "content": "CallToolResult", "contents": "ReadResourceResult",
        "resources": "ListResourcesResult", "resourceTemplates": "ListResourceTemplatesResult",
        "protocolVersion": "InitializeResult", "supportedVersions": "DiscoverResult",
    }
    kind = next((kinds[key] for key in kinds if key in result), "EmptyResult")
    validator(kind, result)


def load_schemas(directory):
    import jsonschema

    for revision in HANDSHAKE_REVISIONS + [MODERN_REVISION]:
        with open(os.path.join(directory, f"{revision}.json")) as file:
            schema = json.load(file)
        key = "$defs" if "$defs" in schema else "definitions"
        base = jsonschema.validators.validator_for(schema)

        def validate(name, value, schema=schema, key=key, base=base):
            if name not in schema[key]:
                raise Failure(f"no {name} in this revision")
            whole = {"$ref": f"#/{key}/{name}", key: schema[key]}
            error = jsonschema.exceptions.best_match(base(whole).iter_errors(value))
            if error is not None:
                raise Failure(f"not a {name}: {error.message} at {error.json_path}")

        schemas[revision] = validate


# ---------------------------------------------------------------- scenarios


async def everything(mode):
    """Initializes, lists, calls every tool, reads every resource."""
    with theater() as server:
        async with host(server.address, mode) as client:
            require(client.server_info.name == "theater-mcp-server", "server info")
            require(client.instructions, "no instructions")
            tools = await client.list_tools()
            require([tool.name for tool in tools.tools] == TOOLS, "tools")
            require(tools.next_cursor is None, "a cursor")
            resources = await client.list_resources()
            require(
                [str(resource.uri) for resource in resources.resources]
                == ["theater://actors", "theater://connection"], "resources")
            templates = await client.list_resource_templates()
            require(
                [template.uri_template for template in templates.resource_templates]
                == ["theater://actor/{id}", "theater://actor/{id}/state", "theater://events/{id}"],
                "templates")
            await every_tool(client)
            with_error = await client.call_tool("stop_actor", {"actor_id": "x"})
            text, meta = failure(with_error)
            require(text.startswith("[invalid_argument] actor_id must be"), text)
            try:
                await client.session.call_tool("no_such_tool", {})
                raise Failure("unknown tool accepted")
            except MCPError as error:
                require(error.error.code == -32602, f"unknown tool: {error.error.code}")


async def every_tool(client):
    state = {"text": '{"count":1}'}
    started = structured(
        await client.call_tool("start_actor", {"manifest": MANIFEST, "initial_state": state}))
    actor = started["actor_id"]
    listed = structured(await client.call_tool("list_actors"))
    require([entry["id"] for entry in listed["actors"]] == [actor], f"actors: {listed}")
    to_actor = {"actor_id": actor}
    structured(await client.call_tool("send_message", {**to_actor, "text": "hello"}))
    answer = structured(await client.call_tool("request_message", {**to_actor, "text": "ping é"}))
    require(answer["text"] == "ping é", f"answer: {answer}")
    answer = structured(await client.call_tool("request_message", {**to_actor, "data": "/wA="}))
    require(answer["data"] == "/wA=", f"answer: {answer}")
    channel = structured(await client.call_tool("open_channel", to_actor))["channel_id"]
    on_channel = {"channel_id": channel}
    structured(await client.call_tool("send_on_channel", {**on_channel, "text": "hello"}))
    structured(await client.call_tool("close_channel", on_channel))
    status = structured(await client.call_tool("theater_status"))
    require(status["state"] == "connected", f"status: {status}")

    for uri in ["theater://actors", "theater://connection", f"theater://actor/{actor}",
                f"theater://actor/{actor}/state", f"theater://events/{actor}"]:
        content = (await client.read_resource(uri)).contents[0]
        require(content.mime_type == "application/json", content.mime_type)
        json.loads(content.text)
    missing = "theater://actor/00000000-0000-4000-8000-000000000000"
    try:
        await client.read_resource(missing)
        raise Failure("a missing actor was read")
    except MCPError as error:
        code = -32602 if client.protocol_version == MODERN_REVISION else -32002
        require(error.error.code == code, f"missing resource: {error.error.code}")

    restarted = await client.call_tool("restart_actor", to_actor)
    if restarted.is_error:  # Servers since May 2025 refuse.
        text, meta = failure(restarted)
        require(text.startswith("[theater_error] "), text)
    else:
        to_actor = {"actor_id": structured(restarted)["actor_id"]}
    structured(await client.call_tool("stop_actor", to_actor))


async def killed_between_calls(mode):
    with theater() as server:
        async with host(server.address, mode) as client:
            for _ in range(3):
                structured(await client.call_tool("start_actor", {"manifest": MANIFEST}))
                server.kill()
                server.start()
                result, seconds = await timed(client.call_tool("list_actors"))
                require(structured(result)["total"] == 0, "the actors should be gone")
                require(seconds < 6.3, f"took {seconds:.1f} s")


async def killed_during_a_call(mode):
    with theater() as server:
        async with host(server.address, mode) as client:
            actor = structured(await client.call_tool("start_actor", {"manifest": MANIFEST}))
            # The actor defers its answer for ever.
            progress = []

            async def on_progress(value, total, message):
                progress.append((value, message))

            call = asyncio.ensure_future(
                client.call_tool(
                    "request_message", {"actor_id": actor["actor_id"], "text": "none"},
                    progress_callback=on_progress))
            while structured(await client.call_tool("theater_status"))["requests_in_flight"] == 0:
                await asyncio.sleep(0.01)
            while not progress:
                await asyncio.sleep(0.01)
            server.kill()
            result, seconds = await timed(call)
            require(seconds < 3, f"took {seconds:.1f} s to notice")
            text, meta = connection_failure(result, "outcome_unknown")
            require(meta["mayHaveExecuted"] and not meta["retryable"], f"meta: {meta}")
            require(
                text.endswith(
                    " The command was already sent and may have been executed; "
                    "check list_actors before repeating it."), text)
            server.start()
            result, seconds = await timed(client.call_tool("list_actors"))
            structured(result)
            require(seconds < 6.3, f"took {seconds:.1f} s")


async def no_theater(mode):
    with theater(running=False) as server:
        async with host(server.address, mode) as client:
            require(len((await client.list_tools()).tools) == len(TOOLS), "tools while down")
            for pause in [True, False]:
                result, seconds = await timed(client.call_tool("list_actors"))
                text, meta = connection_failure(result, "not_connected")
                require(seconds < 2, f"the first call took {seconds:.1f} s")
                require(meta["attempts"] == 3, f"{meta['attempts']} attempts")
                require(meta["retryable"] and not meta["mayHaveExecuted"], f"meta: {meta}")
                require(
                    f"connection refused at {server.address} after 3 attempts" in text, text)
                if pause:
                    # After twice the wait that is on, a call starts a fresh series.
                    await asyncio.sleep(2 * meta["retryAfterMs"] / 1000 + 0.3)
            call, read = await asyncio.gather(
                timed(client.call_tool("list_actors")), timed(refused_read(client)))
            connection_failure(call[0], "not_connected")
            for _, seconds in [call, read]:
                require(seconds <= 6.3, f"a call in an outage took {seconds:.1f} s")
            status = structured(await client.call_tool("theater_status"))
            require(status["state"] == "waiting", f"status: {status}")
            server.start()
            result, seconds = await timed(client.call_tool("list_actors"))
            structured(result)
            require(seconds <= 6.3, f"recovery took {seconds:.1f} s")


async def refused_read(client):
    try:
        await client.read_resource("theater://actors")
        raise Failure("read without a server")
    except MCPError as error:
        require(error.error.code == -32603, f"code {error.error.code}")
        require(error.error.message.startswith(SENTENCE_START), error.error.message)


async def embedded(mode):
    async with host("127.0.0.1:1", mode, ["--embedded"]) as client:
        await every_tool(client)


async def every_revision(mode):
    """Raw lines at each handshake revision, for what the client does not ask for."""
    with theater() as server:
        for revision in HANDSHAKE_REVISIONS:
            requests = [
                ("initialize", {
                    "protocolVersion": revision, "capabilities": {},
                    "clientInfo": {"name": "host.py", "version": "1"}}),
                ("ping", {}), ("tools/list", {}), ("resources/list", {}),
                ("resources/templates/list", {}),
                ("tools/call", {"name": "theater_status"}),
                ("tools/call", {"name": "list_actors", "arguments": {}}),
                ("tools/call", {"name": "stop_actor"}),
                ("resources/read", {"uri": "theater://connection"}),
                ("resources/read", {"uri": "theater://nothing"}),
                ("no/such/method", {}),
            ]
            lines = [
                json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
                for id, (method, params) in enumerate(requests)]
            process = await asyncio.create_subprocess_exec(
                options.server, "--theater-address", server.address, "--log-level", "error",
                stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            output, _ = await process.communicate(("\n".join(lines) + "\n").encode())
            require(process.returncode == 0, f"exit status {process.returncode}")
            messages = [json.loads(line) for line in output.splitlines()]
            require(
                sorted(message["id"] for message in messages) == list(range(len(requests))),
                "not every request was answered once")
            for message in messages:
                check_message(message, revision)


SCENARIOS = {
    function.__name__: function
    for function in [
        everything, killed_between_calls, killed_during_a_call, no_theater, embedded, every_revision
    ]
}


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True)
    parser.add_argument("--test-server", required=True)
    parser.add_argument("--schemas")
    parser.add_argument("scenarios", nargs="*", default=list(SCENARIOS))
    parser.parse_args(namespace=options)
    if options.schemas:
        load_schemas(options.schemas)
    runs = [
        run(name, mode) for name in options.scenarios
        for mode in (["raw"] if name == "every_revision" else ["auto", "legacy"])]
    # Side by side: nearly all of the time is spent waiting.
    return 0 if all(await asyncio.gather(*runs)) else 1


async def run(name, mode):
    begin = time.monotonic()
    try:
        async with asyncio.timeout(120):
            await SCENARIOS[name](mode)
        verdict = "ok"
    except Exception as error:
        verdict = "FAILED: " + "; ".join(causes(error))
    print(f"{name} ({mode}), {time.monotonic() - begin:.1f} s: {verdict}", flush=True)
    return verdict == "ok"


def causes(error):
    """The errors inside nested exception groups."""
    if isinstance(error, BaseExceptionGroup):
        return [cause for inner in error.exceptions for cause in causes(inner)]
    return [f"{type(error).__name__}: {error}"]


sys.exit(asyncio.run(main()))
