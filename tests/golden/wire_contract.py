#!/usr/bin/env python3
"""Lists the wire contract of our .proto files and compares it with wire_contract.txt.

Names of packages, services and methods, and numbers and types of fields, are what Terraform knows us by. The list is
made from what protoc compiles, so it holds what goes over the wire and not how the files are written.

  wire_contract.py --protoc protoc --proto-dir proto --golden tests/golden/wire_contract.txt [--update]
"""

import argparse
import difflib
import pathlib
import subprocess
import sys
import tempfile

FILES = ["tfplugin6.proto", "goplugin/controller.proto", "goplugin/stdio.proto", "goplugin/broker.proto"]

# google.protobuf.descriptor.proto: the fields that are read here.
FILE_PACKAGE, FILE_MESSAGES, FILE_ENUMS, FILE_SERVICES = 2, 4, 5, 6
MESSAGE_NAME, MESSAGE_FIELDS, MESSAGE_NESTED, MESSAGE_ENUMS, MESSAGE_OPTIONS = 1, 2, 3, 4, 7
OPTION_MAP_ENTRY = 7
FIELD_NAME, FIELD_NUMBER, FIELD_LABEL, FIELD_TYPE, FIELD_TYPE_NAME, FIELD_ONEOF, FIELD_OPTIONAL = 1, 3, 4, 5, 6, 9, 17
METHOD_NAME, METHOD_INPUT, METHOD_OUTPUT, METHOD_CLIENT_STREAM, METHOD_SERVER_STREAM = 1, 2, 3, 5, 6
LABEL_REPEATED = 3
TYPES = {1: "double", 2: "float", 3: "int64", 4: "uint64", 5: "int32", 8: "bool", 9: "string", 12: "bytes",
         13: "uint32"}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def parse(data):
    """The fields of one message: number -> list of ints or bytes."""
    fields, at = {}, 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            raise ValueError(f"unexpected wire type {tag & 7}")
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def text(fields, number):
    return fields.get(number, [b""])[0].decode()


def number(fields, which, default=0):
    return fields.get(which, [default])[0]


def field_type(field):
    return text(field, FIELD_TYPE_NAME).lstrip(".") or TYPES[number(field, FIELD_TYPE)]


def describe_message(message, prefix, lines):
    name = prefix + text(message, MESSAGE_NAME)
    nested = [parse(data) for data in message.get(MESSAGE_NESTED, [])]
    maps = {}
    for inner in nested:
        if number(parse(b"".join(inner.get(MESSAGE_OPTIONS, []))), OPTION_MAP_ENTRY):
            entry = {number(f, FIELD_NUMBER): field_type(f) for f in map(parse, inner[MESSAGE_FIELDS])}
            maps[f"{name}.{text(inner, MESSAGE_NAME)}"] = f"map<{entry[1]},{entry[2]}>"
        else:
            describe_message(inner, name + ".", lines)
    lines.append(f"message {name}")
    for data in message.get(MESSAGE_FIELDS, []):
        field = parse(data)
        kind = field_type(field)
        if kind in maps:
            kind = maps[kind]
        elif number(field, FIELD_LABEL) == LABEL_REPEATED:
            kind = "repeated " + kind
        elif number(field, FIELD_OPTIONAL):
            kind = "optional " + kind
        elif FIELD_ONEOF in field:
            kind = "oneof " + kind
        lines.append(f"field {name} {number(field, FIELD_NUMBER)} {text(field, FIELD_NAME)} {kind}")
    for data in message.get(MESSAGE_ENUMS, []):
        describe_enum(parse(data), name + ".", lines)


def describe_enum(enum, prefix, lines):
    for data in enum[2]:
        value = parse(data)
        lines.append(f"enum {prefix}{text(enum, 1)} {number(value, 2)} {text(value, 1)}")


def describe_service(service, package, lines):
    for data in service.get(2, []):
        method = parse(data)
        client = "stream " if number(method, METHOD_CLIENT_STREAM) else ""
        server = "stream " if number(method, METHOD_SERVER_STREAM) else ""
        lines.append(f"rpc /{package}{text(service, 1)}/{text(method, METHOD_NAME)} "
                     f"{client}{text(method, METHOD_INPUT).lstrip('.')} -> "
                     f"{server}{text(method, METHOD_OUTPUT).lstrip('.')}")


def contract(protoc, proto_dir):
    with tempfile.NamedTemporaryFile(suffix=".pb") as output:
        subprocess.run([protoc, "-I", proto_dir, f"--descriptor_set_out={output.name}", *FILES], check=True)
        descriptors = parse(pathlib.Path(output.name).read_bytes())
    lines = []
    for data in descriptors[1]:
        file = parse(data)
        package = text(file, FILE_PACKAGE) + "." if FILE_PACKAGE in file else ""
        for message in file.get(FILE_MESSAGES, []):
            describe_message(parse(message), package, lines)
        for enum in file.get(FILE_ENUMS, []):
            describe_enum(parse(enum), package, lines)
        for service in file.get(FILE_SERVICES, []):
            describe_service(parse(service), package, lines)
    return sorted(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--protoc", default="protoc")
    parser.add_argument("--proto-dir", required=True)
    parser.add_argument("--golden", required=True, type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="write the list instead of comparing")
    arguments = parser.parse_args()

    lines = contract(arguments.protoc, arguments.proto_dir)
    if arguments.update:
        arguments.golden.write_text("\n".join(lines) + "\n")
        return 0
    difference = list(difflib.unified_diff(arguments.golden.read_text().splitlines(), lines, "golden", "proto files",
                                           lineterm="", n=0))
    print("\n".join(difference) or f"{len(lines)} entries as agreed")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main())
