package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"strings"

	"biaochi/model"
)

const tokenBytes = 32

// newToken makes a session's token: 256 random bits as 43 characters.
func newToken() string {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b) // crypto/rand never fails on the systems we run on
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashToken is what is kept of a token; ok is false for what is no token.
func hashToken(token string) (hash string, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != tokenBytes {
		return "", false
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), true
}

// CSRF gives the token that every request of a session which changes something must
// carry in a header. It follows from the session's own token, which no page can read
// and the database doesn't know: nothing to keep, and it goes when the session goes.
func CSRF(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("biaochi csrf"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// CheckCSRF compares what a request carries with what its session asks for.
// Errors: Forbidden "csrf.mismatch".
func CheckCSRF(token, given string) error {
	if token == "" || !hmac.Equal([]byte(given), []byte(CSRF(token))) {
		return model.Fail(model.Forbidden, "csrf.mismatch", "页面已过期，请刷新页面后重试")
	}
	return nil
}

// passwordLetters leave out what people misread: 0O, 1lI.
const passwordLetters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"

// oneTimePassword makes a password to be read out once and changed at first login:
// four groups of four, 92 random bits.
func oneTimePassword() string {
	groups := make([]string, 4)
	for i := range groups {
		var group [4]byte
		for j := range group {
			n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(passwordLetters)))) // never fails, as above
			group[j] = passwordLetters[n.Int64()]
		}
		groups[i] = string(group[:])
	}
	return strings.Join(groups, "-")
}
