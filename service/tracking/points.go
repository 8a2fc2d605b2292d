package tracking

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// Points are points of a score in hundredths; in JSON a number with two decimals.
type Points int64

// ErrPoints is what reading malformed Points gives.
var ErrPoints = errors.New("分值应为不小于 0、最多两位小数的数字，如 12.5")

var pointsToken = regexp.MustCompile(`^\d{1,4}(\.\d{1,2})?$`)

// ParsePoints reads 8, 8.5 or 8.25.
// Errors: ErrPoints.
func ParsePoints(text string) (Points, error) {
	if !pointsToken.MatchString(text) {
		return 0, ErrPoints
	}
	whole, fraction, _ := strings.Cut(text, ".")
	hundredths, err := strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
	return Points(hundredths), err
}

// UnmarshalJSON reads what ParsePoints reads.
func (p *Points) UnmarshalJSON(token []byte) (err error) {
	*p, err = ParsePoints(string(token))
	return err
}

// MarshalJSON writes what String gives.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// String gives the points with two decimals: 8.50.
func (p Points) String() string { return fmt.Sprintf("%d.%02d", p/100, p%100) }

// of gives a share of the points, rounded half up to the hundredth; shares beyond
// nothing and all count as these.
func (p Points) of(share *big.Rat) Points {
	if share.Sign() <= 0 {
		return 0
	}
	if share.Cmp(one) >= 0 {
		return p
	}
	return Points(rounded(new(big.Rat).Mul(share, ratio(int64(p), 1))))
}

var (
	one     = ratio(1, 1)
	half    = ratio(1, 2)
	hundred = ratio(100, 1)
)

func ratio(n, d int64) *big.Rat { return big.NewRat(n, d) }

func quotient(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

func product(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func difference(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func sum(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }

// rounded gives the nearest integer of what isn't negative, halves upwards.
func rounded(r *big.Rat) int64 {
	up := sum(r, half)
	return new(big.Int).Quo(up.Num(), up.Denom()).Int64()
}

// percent writes a share as a percentage with two decimals: 89.97%.
func percent(share *big.Rat) string { return product(share, hundred).FloatString(2) + "%" }
