package model

import (
	"encoding/json"
	"errors"
	"testing"
)

func TestParseMoney(t *testing.T) {
	for text, want := range map[string]Money{
		"0.00": 0, "0": 0, "12": 1200, "12.3": 1230, "12.34": 1234, "000123.40": 12340,
		"30988466.00": 3098846600, "999999999999.99": MaxAmount,
	} {
		if got, err := ParseMoney(text); err != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"": ErrMoneySyntax, "元": ErrMoneySyntax, "1,200.00": ErrMoneySyntax, " 1": ErrMoneySyntax, "1.": ErrMoneySyntax,
		".5": ErrMoneySyntax, "1e3": ErrMoneySyntax, "+1": ErrMoneySyntax, "１２": ErrMoneySyntax, "--1": ErrMoneySyntax,
		"1.234": ErrMoneyPrecision, "1.230": ErrMoneyPrecision, "-1.00": ErrMoneyNegative, "-0": ErrMoneyNegative,
		"1000000000000": ErrMoneyTooLarge, "99999999999999999999999999": ErrMoneyTooLarge,
	} {
		if _, err := ParseMoney(text); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", text, err, want)
		}
	}
}

// Cells are rounded half away from zero from the exact amount in 分.
func TestWan(t *testing.T) {
	for fen, want := range map[Money]string{
		0: "0.00", 1: "0.00", 4_999: "0.00", 5_000: "0.01", 14_999: "0.01", 15_000: "0.02",
		-5_000: "-0.01", -4_999: "0.00", 3_098_846_600: "3098.85", 1_234_567_850_000: "1234567.85",
	} {
		if got := fen.Wan(); got != want {
			t.Errorf("%d 分: got %s, want %s", fen, got, want)
		}
	}
}

func TestMoneyInJSON(t *testing.T) {
	raw, err := json.Marshal(map[string]Money{"amount": 123456})
	if err != nil || string(raw) != `{"amount":"1234.56"}` {
		t.Errorf("got %s, %v", raw, err)
	}
	var back struct{ Amount Money }
	if err := json.Unmarshal([]byte(`{"amount": 1234.56}`), &back); err == nil {
		t.Error("a JSON number was read as an amount")
	}
}

// Percentages have two decimals, half away from zero, from exact sums.
func TestPercent(t *testing.T) {
	for _, c := range []struct {
		part, whole Money
		want        int64
		ok          bool
	}{
		{1, 3, 3333, true}, {2, 3, 6667, true}, {1, 8, 1250, true}, {-419_551, 1_926_187, -2178, true},
		{5, 0, 0, false}, {MaxAmount, MaxAmount, 10000, true}, {1, 80000, 0, true}, {5, 100000, 1, true},
	} {
		if got, ok := PercentFen(c.part, c.whole); got != c.want || ok != c.ok {
			t.Errorf("%d of %d: got %d, %v; want %d, %v", c.part, c.whole, got, ok, c.want, c.ok)
		}
	}
}
