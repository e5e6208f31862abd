"""Just enough HTTP/2 for one gRPC call over a socket: no dependency, no flow control, no decoding of headers."""

import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS = 0, 1, 3, 4
END_STREAM, ACK, END_HEADERS = 1, 1, 4


def _frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def _literal(name, value):
    return b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value


def _read_exactly(connection, size):
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise EOFError("the server closed the connection")
        data += more
    return data


def read_frame(connection):
    """The next frame as (kind, flags, stream)."""
    head = _read_exactly(connection, 9)
    _read_exactly(connection, int.from_bytes(head[:3], "big"))
    return head[3], head[4], int.from_bytes(head[5:], "big")


def message(**fields):
    """A protobuf message of texts and messages, each below 16 KiB: message(_1="text", _2=message(...))."""
    encoded = b""
    for name, value in fields.items():
        data = value.encode() if isinstance(value, str) else value
        size = bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 127 | 128, len(data) >> 7])
        encoded += bytes([int(name[1:]) << 3 | 2]) + size + data
    return encoded


def start_call(connection, path, request=b""):
    """Sends the whole of a call. Returns once the server has taken the connection's settings."""
    headers = b"".join(
        _literal(name, value)
        for name, value in (
            (b":method", b"POST"),
            (b":scheme", b"http"),
            (b":path", path.encode()),
            (b":authority", b"localhost"),
            (b"content-type", b"application/grpc"),
            (b"te", b"trailers"),
        )
    )
    connection.sendall(
        PREFACE
        + _frame(SETTINGS, 0, 0)
        + _frame(HEADERS, END_HEADERS, 1, headers)
        + _frame(DATA, END_STREAM, 1, b"\0" + struct.pack(">I", len(request)) + request)
    )
    while True:
        kind, flags, _ = read_frame(connection)
        if kind == SETTINGS and flags & ACK:
            return


def cancel_call(connection):
    connection.sendall(_frame(RST_STREAM, 0, 1, struct.pack(">I", 8)))


def finish_call(connection):
    """Reads up to the end of the call, past what else the server sends (GOAWAY). True when it ended in order."""
    while True:
        kind, flags, stream = read_frame(connection)
        if stream == 1 and kind == HEADERS and flags & END_STREAM:
            return True
        if kind == RST_STREAM and stream == 1:
            return False
