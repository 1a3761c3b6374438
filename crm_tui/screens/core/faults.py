"""What Textual reports of a fault, as an error that can be written down without what the screen showed."""

from __future__ import annotations


def as_error(reports: tuple[object, ...]) -> RuntimeError:
    """Textual's input thread hands over a drawn traceback instead of its error: where it was and what it said.

    The values of variables are left out: they are customers' texts.
    """
    lines = []
    for report in reports:
        trace = getattr(report, "trace", None)
        for stack in getattr(trace, "stacks", ()):
            lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in stack.frames]
            lines.append(f"{stack.exc_type}: {stack.exc_value}")
        if trace is None:
            lines.append(str(report))
    return RuntimeError("\n".join(lines))
