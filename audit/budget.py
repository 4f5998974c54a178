"""What `iop budget` shows."""


def budget(register, results, day):
    return dict(lines=[], rows=[])
