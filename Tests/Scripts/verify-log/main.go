// Checks a published log and a proof with the verifier of Go's module system: go run main.go <vkey> <directory> <proof>
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	check(err)
	return data
}

func hash(text string) (hash tlog.Hash) {
	data, err := base64.StdEncoding.DecodeString(text)
	check(err)
	copy(hash[:], data)
	return
}

// open checks the signature of a checkpoint, which must be the key's.
func open(data []byte, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	check(err)
	opened, err := note.Open(data, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		check(fmt.Errorf("origin %q", lines[0]))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

type files string

func (directory files) Height() int                     { return 8 }
func (directory files) SaveTiles([]tlog.Tile, [][]byte) {}
func (directory files) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		// Go's own layout names the height as well.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data = append(data, read(filepath.Join(string(directory), path)))
	}
	return
}

func main() {
	key, directory := os.Args[1], os.Args[2]
	tree := open(read(filepath.Join(directory, "checkpoint")), key)
	reader := tlog.TileHashReader(tree, files(directory))

	var entries [][]byte
	for first := int64(0); first < tree.N; first += 256 {
		tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: int(min(256, tree.N-first))}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		for data := read(filepath.Join(directory, path)); len(data) > 0; {
			length := int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(entries)) != tree.N {
		check(fmt.Errorf("%d entries, the checkpoint says %d", len(entries), tree.N))
	}
	for index, entry := range entries {
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
		check(err)
		if hashes[0] != tlog.RecordHash(entry) {
			check(fmt.Errorf("entry %d differs", index+1))
		}
	}

	head, checkpoint, _ := strings.Cut(string(read(os.Args[3])), "\n\n")
	lines := strings.Split(head, "\n")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	check(err)
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		proof = append(proof, hash(line))
	}
	proved := open([]byte(checkpoint), key)
	check(tlog.CheckRecord(proof, proved.N, proved.Hash, index, tlog.RecordHash(entries[index])))
	fmt.Printf("%d entries, entry %d proved\n", tree.N, index+1)
}

func min(left, right int64) int64 {
	if left < right {
		return left
	}
	return right
}
