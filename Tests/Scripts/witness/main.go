// A witness after C2SP tlog-witness, for tests: go run main.go <directory> <the log's vkey>
//
// It prints its port and its own vkey, keeps its state in <directory>/state, and puts its certificate into
// <directory>/ca.pem. What <directory>/mode says, it does wrong on purpose.
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const name = "witness.example.net/w1"

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type witness struct {
	directory string
	log       note.Verifier
	key       ed25519.PrivateKey
	other     ed25519.PrivateKey
	lock      sync.Mutex
}

// state is what was cosigned last; size 0 before the first.
func (w *witness) state() (size int64, root tlog.Hash) {
	data, err := os.ReadFile(filepath.Join(w.directory, "state"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, tlog.Hash(sha256.Sum256(nil))
	}
	check(err)
	fields := strings.Fields(string(data))
	size, err = strconv.ParseInt(fields[0], 10, 64)
	check(err)
	root, err = tlog.ParseHash(fields[1])
	check(err)
	return size, root
}

func (w *witness) mode() string {
	data, _ := os.ReadFile(filepath.Join(w.directory, "mode"))
	return strings.TrimSpace(string(data))
}

func keyID(key ed25519.PrivateKey) []byte {
	public := key.Public().(ed25519.PublicKey)
	sum := sha256.Sum256(append([]byte(name+"\n\x04"), public...))
	return sum[:4]
}

func vkey(key ed25519.PrivateKey) string {
	public := append([]byte{4}, key.Public().(ed25519.PublicKey)...)
	return fmt.Sprintf("%s+%x+%s", name, keyID(key), base64.StdEncoding.EncodeToString(public))
}

func cosign(key ed25519.PrivateKey, id []byte, text string, at uint64) string {
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, text)
	moment := binary.BigEndian.AppendUint64(nil, at)
	signature := append(append(append([]byte{}, id...), moment...), ed25519.Sign(key, []byte(message))...)
	return fmt.Sprintf("\u2014 %s %s\n", name, base64.StdEncoding.EncodeToString(signature))
}

func conflict(writer http.ResponseWriter, size int64) {
	writer.Header().Set("Content-Type", "text/x.tlog.size")
	writer.WriteHeader(http.StatusConflict)
	fmt.Fprintf(writer, "%d\n", size)
}

func (w *witness) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(io.LimitReader(request.Body, 1<<20))
	if err != nil || request.Method != "POST" || request.URL.Path != "/log/add-checkpoint" {
		writer.WriteHeader(http.StatusTeapot)
		return
	}
	w.lock.Lock()
	defer w.lock.Unlock()
	check(os.WriteFile(filepath.Join(w.directory, "request"), body, 0o644))
	size, root := w.state()
	mode := w.mode()
	switch mode {
	case "larger":
		conflict(writer, 1000000)
		return
	case "untyped":
		writer.WriteHeader(http.StatusConflict)
		fmt.Fprintf(writer, "1000000\n")
		return
	case "lost":
		conflict(writer, 0)
		return
	case "garbage":
		writer.Write([]byte("<html>\x1b[2J hello</html>\n"))
		return
	case "empty":
		return
	case "endless":
		for range [100]int{} {
			writer.Write(bytes.Repeat([]byte("x"), 4096))
		}
		return
	case "400", "403", "404", "422", "500", "302":
		status, err := strconv.Atoi(mode)
		check(err)
		writer.Header().Set("Location", "/elsewhere")
		writer.WriteHeader(status)
		return
	}

	head, checkpoint, found := strings.Cut(string(body), "\n\n")
	lines := strings.Split(head, "\n")
	old, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if !found || err != nil || lines[0] != fmt.Sprintf("old %d", old) || len(lines) > 64 {
		writer.WriteHeader(http.StatusBadRequest)
		return
	}
	var proof tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			writer.WriteHeader(http.StatusBadRequest)
			return
		}
		proof = append(proof, hash)
	}
	origin, _, _ := strings.Cut(checkpoint, "\n")
	if origin != w.log.Name() {
		writer.WriteHeader(http.StatusNotFound)
		return
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(w.log))
	if err != nil {
		writer.WriteHeader(http.StatusForbidden)
		return
	}
	parts := strings.SplitN(opened.Text, "\n", 4)
	newSize, err := strconv.ParseInt(parts[1], 10, 64)
	check(err)
	newRoot, err := tlog.ParseHash(parts[2])
	check(err)
	switch {
	case old > newSize:
		writer.WriteHeader(http.StatusBadRequest)
		return
	case old != size:
		conflict(writer, size)
		return
	case size == 0 && len(proof) != 0, size == newSize && (len(proof) != 0 || root != newRoot):
		writer.WriteHeader(http.StatusUnprocessableEntity)
		return
	case size > 0 && size < newSize && tlog.CheckTree(proof, newSize, newRoot, size, root) != nil:
		writer.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	state := filepath.Join(w.directory, "state")
	check(os.WriteFile(state+".new", []byte(fmt.Sprintf("%d %s\n", newSize, newRoot)), 0o644))
	check(os.Rename(state+".new", state))

	now := uint64(time.Now().Unix())
	switch mode {
	case "wrong-key":
		io.WriteString(writer, cosign(w.other, keyID(w.other), opened.Text, now))
	case "forged":
		io.WriteString(writer, cosign(w.other, keyID(w.key), opened.Text, now))
	case "timeless":
		io.WriteString(writer, cosign(w.key, keyID(w.key), opened.Text, 0))
	case "smuggling":
		io.WriteString(writer, "\n"+cosign(w.key, keyID(w.key), opened.Text, now))
	default:
		io.WriteString(writer, cosign(w.other, keyID(w.other), opened.Text, now)+cosign(w.key, keyID(w.key), opened.Text, now))
	}
}

func certificate(directory string) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	template := x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "test-witness"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	made, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	check(err)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made})
	check(os.WriteFile(filepath.Join(directory, "ca.pem"), text, 0o644))
	return tls.Certificate{Certificate: [][]byte{made}, PrivateKey: key}
}

func main() {
	log, err := note.NewVerifier(os.Args[2])
	check(err)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	check(err)
	_, other, err := ed25519.GenerateKey(rand.Reader)
	check(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	configuration := tls.Config{Certificates: []tls.Certificate{certificate(os.Args[1])}}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port, vkey(key))
	server := http.Server{Handler: &witness{directory: os.Args[1], log: log, key: key, other: other}}
	check(server.Serve(tls.NewListener(listener, &configuration)))
}
