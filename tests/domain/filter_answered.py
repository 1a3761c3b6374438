"""What holds of the answer to any line at all, filter or nonsense: for the laws and for the fuzzer."""

from __future__ import annotations

from crm_tui.domain.filter import Filter, FilterError, FilterWorld, complete, read, read_typing, write


def answered(line: str, there: FilterWorld) -> Filter | FilterError:
    """Read the line as lists, fields and the command line do; what it says."""
    answer = read(line, there)
    if isinstance(answer, FilterError):
        assert 0 <= answer.start <= answer.end <= len(line)
        assert answer.message.msgid
        assert len({each.line for each in answer.offers if each.line}) == len(
            [e for e in answer.offers if e.line]
        )
    else:
        printed = write(answer, there)
        assert read(printed, there) == answer, printed
    typed = read_typing(line, there)
    assert (typed.found is None) is (typed.error is not None)
    if typed.waiting is not None:
        assert 0 <= typed.waiting[0] <= typed.waiting[1] <= len(line)
    for cursor in {0, len(line) // 2, len(line)}:
        completion = complete(line, cursor, there)
        assert 0 <= completion.start <= completion.end == cursor
        assert len(completion.rows) <= 8
    return answer
