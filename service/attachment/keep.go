package attachment

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"biaochi/model"
)

// taken is a file that came in and is not in its place yet.
type taken struct {
	path string
	hash string
	size int64
}

// take writes a content beside its place to be, reading no more than the limit.
// Errors: Invalid "attachment.empty", "attachment.tooLarge"; those of reading.
func (s *Service) take(content io.Reader) (t taken, err error) {
	if err := os.MkdirAll(s.settings.Directory, 0o750); err != nil {
		return t, err
	}
	file, err := os.CreateTemp(s.settings.Directory, "incoming-*")
	if err != nil {
		return t, err
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, sum), io.LimitReader(content, s.settings.MaxSize+1))
	switch {
	case err == nil && size == 0:
		err = model.Fail(model.Invalid, "attachment.empty", "文件是空的，请核对后再传")
	case err == nil && size > s.settings.MaxSize:
		err = model.Fail(model.Invalid, "attachment.tooLarge", "文件超过 %d MB 的上限，请压缩或拆分后再传", s.settings.MaxSize>>20)
	case err == nil:
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(file.Name())
		return t, err
	}
	return taken{file.Name(), hex.EncodeToString(sum.Sum(nil)), size}, nil
}

// put moves a file to its place; the same content lies there once.
func (s *Service) put(t taken) error {
	place := s.place(t.hash)
	if err := os.MkdirAll(filepath.Dir(place), 0o750); err != nil {
		return err
	}
	return os.Rename(t.path, place)
}

func (s *Service) place(hash string) string {
	return filepath.Join(s.settings.Directory, hash[:2], hash)
}
