package account

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestPasswordRules(t *testing.T) {
	policy := Defaults().Policy
	for _, c := range []struct{ password, broken string }{
		{"Tk7-lamp-Grove", ""},
		{"春眠不觉晓Ab9", ""},           // signs are whatever has no case
		{"Ab3!Ab3", "length"},      // seven
		{"Ab3!Ab3!", ""},           // eight
		{"abxyzw9k", "classes"},    // two classes, and no run
		{"ABxyzwok", "classes"},    // letters alone
		{"ABxyzwok7", ""},          // three classes
		{"", "length classes"},     // all at once
		{"Zhang.San-77", "login"},  // the login in it, whatever its case
		{"ＺＨＡＮＧ.san-77x", "login"}, // or width
		{"My-Passw0rd!", "common"}, // tried first
		{"1qaz@WSX3edc", "common"}, // keys in a row
		{"Xy9!aaaaZ", "run"},       // the same
		{"Xy9!4567Z", "run"},       // upwards
		{"Xy!dcbaZ0", "run"},       // downwards
		{"Xy9!aAbBZ", ""},          // no run of four steps
		{"Xy9!123Z", ""},           // three are allowed
		{" Xy9!kkw7", "blank"},     // in front
		{"Xy9!\tkkw7", "blank"},    // nobody sees it
		{"Xy9!\xffkkw7", "blank"},  // no text
		{strings.Repeat("Ab3!", 65), "size"},
		{"1111", "length classes run"},
	} {
		var broken []string
		for _, rule := range Rules(policy) {
			if rule.broken("zhang.san", c.password) {
				broken = append(broken, rule.Key)
			}
		}
		if got := strings.Join(broken, " "); got != c.broken {
			t.Errorf("%q breaks %q, want %q", c.password, got, c.broken)
		}
		if problems := CheckPassword(policy, "zhang.san", c.password, "$.newPassword"); len(problems) != len(broken) {
			t.Errorf("%q: %v", c.password, problems)
		}
	}
	problems := CheckPassword(Policy{MinLength: 12, Classes: 4}, "x", "abxyzw9", "$.p")
	if len(problems) != 2 || problems[0].Path != "$.p" || problems[0].Message != "密码至少 12 个字符" || !strings.Contains(problems[1].Message, "至少有 4 类") {
		t.Errorf("got %v", problems)
	}
}

func TestFoldLogin(t *testing.T) {
	for in, want := range map[string]string{" Zhang.San ": "zhang.san", "ＡＤＭＩＮ１": "admin1", "张三": "张三", "　x　": "x"} {
		if got := FoldLogin(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestHashes(t *testing.T) {
	h := newHasher(cheap)
	first, err := h.hash(t.Context(), goodPassword)
	second, err2 := h.hash(t.Context(), goodPassword)
	if err != nil || err2 != nil || first == second || !strings.HasPrefix(first, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("got %s and %s", first, second)
	}
	for password, want := range map[string]bool{goodPassword: true, "": false, goodPassword + " ": false, strings.Repeat("x", 1<<20): false} {
		if same, err := h.verify(t.Context(), first, password); err != nil || same != want {
			t.Errorf("%.20q: %v %v", password, same, err)
		}
	}
	dearer := newHasher(HashParams{MemoryKiB: 128, Passes: 2, Lanes: 2})
	if same, err := dearer.verify(t.Context(), first, goodPassword); err != nil || !same || !dearer.stale(first) || h.stale(first) {
		t.Error("a hash must be read by its own parameters, and be known as old")
	}
	parts := strings.Split(first, "$")
	for _, broken := range []string{"", "x", "$2a$10$abc", strings.Replace(first, "m=64", "m=9999999", 1), strings.Replace(first, "p=1", "p=0", 1),
		strings.Replace(first, "v=19", "v=16", 1), strings.Replace(first, parts[5], "AAAA", 1), first + "$"} {
		if _, err := h.verify(t.Context(), broken, goodPassword); err == nil {
			t.Errorf("%q was taken", broken)
		}
	}
}

func TestTokens(t *testing.T) {
	a, b := newToken(), newToken()
	hash, ok := hashToken(a)
	if !ok || a == b || len(a) != 43 || len(hash) != 64 || strings.Contains(hash, a) {
		t.Errorf("got %s, %s", a, hash)
	}
	for _, bad := range []string{"", "x", a[:42], a + "A", strings.Repeat("!", 43)} {
		if _, ok := hashToken(bad); ok {
			t.Errorf("%q is no token", bad)
		}
	}
	if CheckCSRF(a, CSRF(a)) != nil || CheckCSRF(a, CSRF(b)) == nil || CheckCSRF(a, "") == nil || CheckCSRF("", CSRF("")) == nil || CSRF(a) == a {
		t.Error("a session takes its own CSRF token and no other")
	}
	one, two := oneTimePassword(), oneTimePassword()
	if one == two || len(one) != 19 || strings.ContainsAny(one, "0O1lI") {
		t.Errorf("got %s", one)
	}
}

func TestSettings(t *testing.T) {
	got := Settings{Idle: time.Minute, Policy: Policy{MinLength: 12}}.orDefaults()
	want := Defaults()
	want.Idle, want.Policy.MinLength = time.Minute, 12
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

// BenchmarkHash is one login at production costs.
func BenchmarkHash(b *testing.B) {
	h := newHasher(Defaults().Hash)
	encoded := h.encode(goodPassword)
	for b.Loop() {
		if same, err := h.verify(b.Context(), encoded, goodPassword); err != nil || !same {
			b.Fatal(err)
		}
	}
}
