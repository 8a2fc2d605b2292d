package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"

	"biaochi/model"
)

// HashParams are the costs of argon2id. Those that a hash was made with stand in the
// hash; after a change every password is hashed anew at its next login.
type HashParams struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

const (
	saltBytes = 16
	keyBytes  = 32
)

// hasher makes and compares password hashes. Each takes its memory for a tenth of a
// second, so that only a few run at once and the others wait their turn: a flood of
// logins must not take the machine's memory.
type hasher struct {
	params HashParams
	gate   chan struct{}
	// dummy is compared with where there is no account, to take the same time.
	dummy func() string
}

func newHasher(params HashParams) *hasher {
	h := &hasher{params: params, gate: make(chan struct{}, max(2, runtime.NumCPU()))}
	h.dummy = sync.OnceValue(func() string { return h.encode(rand.Text()) })
	return h
}

// hash makes the encoded hash of a password.
// Errors: Conflict "login.busy" where the caller gave up waiting.
func (h *hasher) hash(ctx context.Context, password string) (encoded string, err error) {
	err = h.inTurn(ctx, func() { encoded = h.encode(password) })
	return encoded, err
}

// verify compares a password with an encoded hash in constant time.
// Errors: as hash; Internal "password.hash" for what is no hash.
func (h *hasher) verify(ctx context.Context, encoded, password string) (same bool, err error) {
	params, salt, key, err := decode(encoded)
	if err != nil {
		return false, &model.Error{Code: model.Internal, Reason: "password.hash", Message: "账号的密码数据已损坏，请系统管理员重置密码", Err: err}
	}
	if len(password) > maxPassword {
		password = ""
	}
	err = h.inTurn(ctx, func() {
		got := argon2.IDKey([]byte(password), salt, params.Passes, params.MemoryKiB, params.Lanes, uint32(len(key)))
		same = subtle.ConstantTimeCompare(got, key) == 1
	})
	return same && password != "", err
}

// stale tells whether a hash was made with other parameters than today's.
func (h *hasher) stale(encoded string) bool {
	params, _, _, err := decode(encoded)
	return err != nil || params != h.params
}

func (h *hasher) inTurn(ctx context.Context, work func()) error {
	select {
	case h.gate <- struct{}{}:
		defer func() { <-h.gate }()
		work()
		return nil
	case <-ctx.Done():
		return &model.Error{Code: model.Conflict, Reason: "login.busy", Message: "登录的人太多，请稍后再试", Err: ctx.Err()}
	}
}

func (h *hasher) encode(password string) string {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // crypto/rand never fails on the systems we run on
	p := h.params
	key := argon2.IDKey([]byte(password), salt, p.Passes, p.MemoryKiB, p.Lanes, keyBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.MemoryKiB, p.Passes, p.Lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

var errHash = errors.New("not a hash of argon2id")

// decode reads an encoded hash; costs beyond reason are refused, or a changed row
// could stop the server.
func decode(encoded string) (p HashParams, salt, key []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.MemoryKiB, &p.Passes, &p.Lanes); err != nil {
		return p, nil, nil, errHash
	}
	salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err == nil {
		key, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if err != nil || len(salt) < 8 || len(key) < 16 || len(key) > 64 ||
		p.Passes < 1 || p.Passes > 20 || p.Lanes < 1 || p.Lanes > 16 || p.MemoryKiB > 1<<20 {
		return p, nil, nil, errHash
	}
	return p, salt, key, nil
}
