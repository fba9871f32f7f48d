package imaptest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"piper/internal/imapbox"
)

// DovecotServer is a private Dovecot with one user, all of it in one temporary folder.
type DovecotServer struct {
	Host     string
	Port     int // plain, offers STARTTLS
	TLSPort  int // TLS from the first byte
	User     string
	Password string
	CAPEM    []byte
	Maildir  string // the user's Maildir; sub-folders are ".Name" in it

	t        T
	dir      string
	uid, gid int // of all its processes
	cmd      *exec.Cmd
	exited   chan struct{}
	files    int // delivered, for unique names
}

// Dovecot starts a private Dovecot for a test and stops it at the end of the test. Where Dovecot is not
// installed the test is skipped with a sentence; under CI=true it fails instead.
func Dovecot(t T) *DovecotServer {
	t.Helper()
	program, err := FindDovecot("dovecot", "/usr/sbin/dovecot") // Debian puts it where not everybody looks
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("%v", err)
	}
	if err != nil {
		t.Skipf("%v", err)
	}
	dir, err := os.MkdirTemp("", "piper-dovecot-")
	if err != nil {
		t.Fatalf("dovecot: %v", err)
	}
	d := &DovecotServer{t: t, dir: dir, Host: "127.0.0.1", User: "anna", Password: "secret-word", uid: os.Getuid(), gid: os.Getgid()}
	t.Cleanup(func() {
		d.stop()
		os.RemoveAll(dir)
	})
	if err := d.prepare(); err != nil {
		t.Fatalf("dovecot: %v", err)
	}
	d.start(program)
	return d
}

// FindDovecot gives the first of the programs that is a Dovecot this package can configure; the error is a
// sentence that says what to install.
func FindDovecot(programs ...string) (string, error) {
	for _, name := range programs {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		out, err := exec.Command(path, "--version").Output()
		version := strings.TrimSpace(string(out))
		if err != nil || !strings.HasPrefix(version, "2.3.") {
			return "", fmt.Errorf("the tests can configure Dovecot 2.3 (Debian 12: dovecot-imapd), and here is version %q", version)
		}
		return path, nil
	}
	return "", errors.New("no Dovecot to test with: install the Debian package dovecot-imapd")
}

// prepare writes the configuration. Dovecot refuses to read mail as root, so root starts it as nobody.
func (d *DovecotServer) prepare() error {
	if d.uid == 0 {
		nobody, err := user.Lookup("nobody")
		if err != nil {
			return err
		}
		d.uid, _ = strconv.Atoi(nobody.Uid)
		d.gid, _ = strconv.Atoi(nobody.Gid)
	}
	owner, err := user.LookupId(strconv.Itoa(d.uid))
	if err != nil {
		return err
	}
	group, err := user.LookupGroupId(strconv.Itoa(d.gid))
	if err != nil {
		return err
	}
	certificate, key, err := selfSignedPEM()
	if err != nil {
		return err
	}
	d.CAPEM = certificate
	d.Maildir = filepath.Join(d.dir, "mail")
	if d.Port, err = freePort(); err != nil {
		return err
	}
	if d.TLSPort, err = freePort(); err != nil {
		return err
	}
	config := strings.NewReplacer(
		"DIR", d.dir, "OWNER", owner.Username, "GROUP", group.Name, "UID", strconv.Itoa(d.uid), "GID", strconv.Itoa(d.gid),
		"TLSPORT", strconv.Itoa(d.TLSPort), "PORT", strconv.Itoa(d.Port),
	).Replace(configuration)
	for name, text := range map[string]string{
		"dovecot.conf": config, "users": d.User + ":{PLAIN}" + d.Password + "::::::\n",
		"certificate.pem": string(certificate), "key.pem": string(key),
	} {
		if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	if err := makeMaildir(d.Maildir); err != nil {
		return err
	}
	return d.own(d.dir)
}

// configuration is for Dovecot 2.3. Nothing is chrooted and one user runs everything, because the master is
// not root.
const configuration = `
protocols = imap
listen = 127.0.0.1
base_dir = DIR/run
state_dir = DIR/state
log_path = DIR/dovecot.log
default_internal_user = OWNER
default_internal_group = GROUP
default_login_user = OWNER
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:DIR/mail
mail_max_userip_connections = 50
disable_plaintext_auth = no
auth_mechanisms = plain login
ssl = yes
ssl_cert = <DIR/certificate.pem
ssl_key = <DIR/key.pem
namespace inbox {
  inbox = yes
  separator = /
}
passdb {
  driver = passwd-file
  args = DIR/users
}
userdb {
  driver = static
  args = uid=UID gid=GID home=DIR/home
}
service imap-login {
  chroot =
  inet_listener imap {
    port = PORT
  }
  inet_listener imaps {
    port = TLSPORT
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`

func (d *DovecotServer) start(program string) {
	d.cmd = exec.Command(program, "-F", "-c", filepath.Join(d.dir, "dovecot.conf"))
	d.cmd.Dir = d.dir
	// A group of its own, to be ended whole; and should this process die, the server goes with it.
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if os.Getuid() == 0 {
		d.cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(d.uid), Gid: uint32(d.gid)}
	}
	if err := d.cmd.Start(); err != nil {
		d.t.Fatalf("dovecot: %v", err)
	}
	exited := make(chan struct{})
	d.exited = exited
	cmd := d.cmd
	go func() {
		cmd.Wait()
		close(exited)
	}()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		select {
		case <-exited:
			d.t.Fatalf("dovecot ended at once:\n%s", d.log())
		default:
		}
		conn, err := net.Dial("tcp", net.JoinHostPort(d.Host, strconv.Itoa(d.Port)))
		if err == nil {
			conn.Close()
			return
		}
	}
	d.t.Fatalf("dovecot did not start:\n%s", d.log())
}

func (d *DovecotServer) log() string {
	out, _ := os.ReadFile(filepath.Join(d.dir, "dovecot.log"))
	return string(out)
}

// stop ends the master, which ends its children; what is left of its group after five seconds is killed.
// It returns when nothing of it is left.
func (d *DovecotServer) stop() {
	if d.cmd == nil {
		return
	}
	pid := d.cmd.Process.Pid
	d.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-d.exited:
	case <-time.After(5 * time.Second):
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		syscall.Kill(-pid, syscall.SIGKILL)
		if len(d.processes("")) == 0 {
			break
		}
	}
	<-d.exited
	d.cmd = nil
}

// processes lists the living processes of the server whose command begins with prefix. All of them, and
// nothing else, are in the process group of the master.
func (d *DovecotServer) processes(prefix string) (pids []int) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if group, err := syscall.Getpgid(pid); err != nil || group != d.cmd.Process.Pid {
			continue
		}
		// A process that ended and waits to be buried has no command line.
		line, err := os.ReadFile(filepath.Join("/proc", e.Name(), "cmdline"))
		if err == nil && len(line) > 0 && strings.HasPrefix(string(line), prefix) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// Restart stops the server and starts it again on the same ports, which breaks all connections.
func (d *DovecotServer) Restart() {
	program := d.cmd.Path
	d.stop()
	d.start(program)
}

// KillConnections ends the processes that serve mail, each in the middle of what it does.
func (d *DovecotServer) KillConnections() {
	for _, pid := range d.processes("dovecot/imap") {
		syscall.Kill(pid, syscall.SIGKILL)
	}
}

// ChangeUIDValidity gives a folder another UIDVALIDITY, as a server does that lost its indexes: all
// messages are still there under other names. Connections are broken.
func (d *DovecotServer) ChangeUIDValidity(folder string) error {
	program := d.cmd.Path
	d.stop()
	defer d.start(program)
	dir := d.folder(folder)
	list := filepath.Join(dir, "dovecot-uidlist")
	raw, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	head, rest, _ := strings.Cut(string(raw), "\n")
	fields := strings.Fields(head)
	for i, f := range fields {
		if !strings.HasPrefix(f, "V") {
			continue
		}
		old, err := strconv.ParseUint(f[1:], 10, 32)
		if err != nil {
			return err
		}
		fields[i] = "V" + strconv.FormatUint(old+1, 10)
	}
	if err := os.WriteFile(list, []byte(strings.Join(fields, " ")+"\n"+rest), 0o600); err != nil {
		return err
	}
	indexes, err := filepath.Glob(filepath.Join(dir, "dovecot.index*"))
	if err != nil {
		return err
	}
	for _, f := range indexes {
		if err := os.Remove(f); err != nil {
			return err
		}
	}
	return nil
}

// Deliver puts messages into a folder ("INBOX", "Sent", "Projects/2026") as a delivery agent does: files
// with their sizes in their names. Their order is kept.
func (d *DovecotServer) Deliver(folder string, messages ...[]byte) error {
	dir := d.folder(folder)
	if _, err := os.Stat(dir); err != nil {
		if err := makeMaildir(dir); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "maildirfolder"), nil, 0o600); err != nil {
			return err
		}
		if err := d.own(dir); err != nil {
			return err
		}
	}
	for _, raw := range messages {
		d.files++
		wire := len(raw) // with CRLF line ends
		for i, c := range raw {
			if c == '\n' && (i == 0 || raw[i-1] != '\r') {
				wire++
			}
		}
		name := fmt.Sprintf("%d.M%06dP1Q%07d.test,S=%d,W=%d", 1700000000+d.files/100000, d.files%1000000, d.files, len(raw), wire)
		path := filepath.Join(dir, "new", name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			return err
		}
		if os.Getuid() == 0 {
			if err := os.Chown(path, d.uid, d.gid); err != nil {
				return err
			}
		}
	}
	return nil
}

// Account gives what a client needs to sign in without TLS.
func (d *DovecotServer) Account() imapbox.Account {
	return imapbox.Account{
		Host: d.Host, Port: d.Port, TLS: "off", CAPEM: d.CAPEM, User: d.User, Password: d.Password,
		Timeout: 30 * time.Second, AllowPrivate: true,
	}
}

// folder gives the Maildir++ folder of an IMAP name.
func (d *DovecotServer) folder(name string) string {
	if strings.EqualFold(name, "INBOX") {
		return d.Maildir
	}
	return filepath.Join(d.Maildir, "."+strings.ReplaceAll(name, "/", "."))
}

// own gives everything below a path to the user that runs the server.
func (d *DovecotServer) own(path string) error {
	if os.Getuid() != 0 {
		return nil
	}
	return filepath.WalkDir(path, func(p string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(p, d.uid, d.gid))
	})
}

func makeMaildir(dir string) error {
	for _, sub := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return err
		}
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
