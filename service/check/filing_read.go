package check

import (
	"math/big"
	"sync"

	"biaochi/service/indicator"
)

// valueMemo keeps what values mean: the rules of one run read the same values again
// and again, and most forms share theirs. It forgets all when full.
type valueMemo struct {
	sync.Mutex
	known map[valueKey]indicator.TargetValue
}

type valueKey struct {
	text string
	year int
}

const (
	memoSize = 1 << 14
	memoText = 256 // bytes; longer texts are rare and not kept
)

var memo valueMemo

// read tells what a value of a filing of the run's year means.
func (p *probe) read(text string) indicator.TargetValue { return memo.read(text, p.in.Year) }

func (m *valueMemo) read(text string, year int) indicator.TargetValue {
	if len(text) > memoText {
		return indicator.Parse(text, year)
	}
	m.Lock()
	defer m.Unlock()
	key := valueKey{text, year}
	v, ok := m.known[key]
	if !ok {
		if m.known == nil || len(m.known) >= memoSize {
			m.known = map[valueKey]indicator.TargetValue{}
		}
		v = indicator.Parse(text, year)
		m.known[key] = v
	}
	return v
}

// number reads a plain decimal of a value; nil where there is none.
func number(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return r
}

func asksAtLeast(v indicator.TargetValue) bool {
	return v.Operator == indicator.AtLeast || v.Operator == indicator.Above
}

func asksAtMost(v indicator.TargetValue) bool {
	return v.Operator == indicator.AtMost || v.Operator == indicator.Below
}
