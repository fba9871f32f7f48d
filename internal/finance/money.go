package finance

import "piper/internal/money"

// Money is an amount; see package money, which other rooms share.
type Money = money.Money
