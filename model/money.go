package model

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Money is an exact amount in 分 (a hundredth of a yuan).
// It is never a float and never a SQL decimal: both lose 分.
type Money int64

// MaxAmount bounds one entered amount: fourteen digits of yuan and 分, as in the
// exchange standards of the field. Sums of a million such amounts still fit.
const MaxAmount Money = 99_999_999_999_999

// Errors of ParseMoney; the message says what to do, in the user's language.
var (
	ErrMoneySyntax    = errors.New("金额应写成以元为单位的数字字符串，如 \"1200.00\"")
	ErrMoneyPrecision = errors.New("金额最多两位小数（精确到分）")
	ErrMoneyNegative  = errors.New("金额不能为负")
	ErrMoneyTooLarge  = errors.New("金额超出上限 999999999999.99 元")
)

// ParseMoney reads an amount in yuan such as "30988466.00": digits, at most two
// decimals, no sign, no separators, no blanks.
// Errors: ErrMoneySyntax, ErrMoneyPrecision, ErrMoneyNegative, ErrMoneyTooLarge.
func ParseMoney(text string) (Money, error) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	if !allDigits(whole) || hasPoint && !allDigits(fraction) {
		return 0, ErrMoneySyntax
	}
	if negative {
		return 0, ErrMoneyNegative
	}
	if len(fraction) > 2 {
		return 0, ErrMoneyPrecision
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > 12 {
		return 0, ErrMoneyTooLarge
	}
	fen, err := strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
	if err != nil {
		return 0, ErrMoneySyntax
	}
	return Money(fen), nil
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// Yuan writes the amount in yuan with two decimals and no separators: 30988466.00.
func (m Money) Yuan() string { return fixed2(int64(m)) }

// WanFen gives the amount in hundredths of 万元, rounded half away from zero
// from the exact amount; it is what a published cell shows.
func (m Money) WanFen() int64 { return divRound(int64(m), 10_000) }

// Wan writes the amount in 万元 with two decimals, rounded half away from zero: 3098.85.
func (m Money) Wan() string { return fixed2(m.WanFen()) }

// String gives the amount in yuan, for logs and test failures.
func (m Money) String() string { return m.Yuan() }

// MarshalText writes the amount in yuan; in JSON it is a string, never a number.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.Yuan()), nil }

// UnmarshalText reads what ParseMoney reads.
func (m *Money) UnmarshalText(text []byte) error {
	v, err := ParseMoney(string(text))
	*m = v
	return err
}

// PercentFen gives part ÷ whole in hundredths of a percent, half away from zero
// from the exact amounts; ok is false where the whole is zero.
func PercentFen(part, whole Money) (hundredths int64, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return mulDivRound(int64(part), 10_000, int64(whole)), true
}

func fixed2(hundredths int64) string {
	sign := ""
	if hundredths < 0 {
		sign, hundredths = "-", -hundredths
	}
	return fmt.Sprintf("%s%d.%02d", sign, hundredths/100, hundredths%100)
}

// divRound divides by a positive divisor, half away from zero.
func divRound(n, d int64) int64 {
	q, r := n/d, n%d
	if r < 0 {
		r = -r
	}
	if 2*r < d {
		return q
	}
	if n < 0 {
		return q - 1
	}
	return q + 1
}

// mulDivRound gives a×b÷c, half away from zero, without overflow on the way.
func mulDivRound(a, b, c int64) int64 {
	n := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	d := big.NewInt(c)
	if d.Sign() < 0 {
		n.Neg(n)
		d.Neg(d)
	}
	negative := n.Sign() < 0
	n.Abs(n)
	// floor((2n + d) / 2d) rounds half up on magnitudes.
	n.Lsh(n, 1).Add(n, d).Quo(n, new(big.Int).Lsh(d, 1))
	if negative {
		n.Neg(n)
	}
	return n.Int64()
}
