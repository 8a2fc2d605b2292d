package indicator

import (
	"math/big"
	"strings"
)

// A decimal is an exact number; money and rates never pass through a float.
type decimal = *big.Rat

// tenTo gives 10 to the power n; n may be negative.
func tenTo(n int) decimal {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil)
	if n < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), power)
	}
	return new(big.Rat).SetInt(power)
}

func whole(n int64) decimal { return new(big.Rat).SetInt64(n) }

func plus(a, b decimal) decimal { return new(big.Rat).Add(a, b) }

func times(a, b decimal) decimal { return new(big.Rat).Mul(a, b) }

// digitsOf reads plain digits with at most one point; the caller has checked the shape.
func digitsOf(text string) decimal {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// plain writes a decimal in its shortest form, without exponent or trailing zeros.
// Numbers that no finite decimal can say, such as 2/3, are kept out while reading.
func plain(d decimal) string {
	places, _ := d.FloatPrec()
	return d.FloatString(places)
}

// grouped sets commas between thousands, for people to read.
func grouped(text string) string {
	head, fraction, hasFraction := strings.Cut(text, ".")
	sign := ""
	if strings.HasPrefix(head, "-") {
		sign, head = "-", head[1:]
	}
	var b strings.Builder
	for i, r := range head {
		if i > 0 && (len(head)-i)%3 == 0 && len(head) > 4 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if hasFraction {
		return sign + b.String() + "." + fraction
	}
	return sign + b.String()
}
