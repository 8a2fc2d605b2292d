package publication

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"biaochi/model"
)

// sealed is what a seal covers: all that a published version says, and its files.
type sealed struct {
	model.Publication
	Files []sealedFile
}

type sealedFile struct{ Name, Hash string }

// seal is SHA-256 over the version published before, what this one says, and the
// hashes of its files: whoever changes one of them would have to change every seal
// since.
func seal(p model.Publication, files []model.PublicationFile) (string, error) {
	p.Seal, p.Version = "", 0
	return sealOf(sealed{p, sealedFiles(files)})
}

func sealedFiles(files []model.PublicationFile) (covered []sealedFile) {
	for _, f := range files {
		covered = append(covered, sealedFile{f.Name, f.Hash})
	}
	return covered
}

func sealOf(covered any) (string, error) {
	text, err := json.Marshal(covered)
	return hashOf(text), err
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
