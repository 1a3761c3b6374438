"""What has happened, in the past tense: one module of events per module of the domain.

Apart from the rows and rules, because the first paint needs those and none of these (a frozen slot dataclass
costs up to a millisecond to make).
"""
