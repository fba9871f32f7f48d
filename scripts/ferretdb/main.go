// Command ferretdb runs a FerretDB v1 on a folder: something that speaks MongoDB's wire protocol, for the
// store's tests where no MongoDB server is to be had. It is a module of its own so that its many
// dependencies stay out of Piper's. It has no transactions and its updates are not atomic.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:27017", "where to listen")
	dir := flag.String("dir", "", "an existing folder for the databases")
	flag.Parse()
	if *dir == "" {
		log.Fatal("ferretdb: -dir is needed")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	f, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: *listen},
		Handler:   "sqlite",
		SQLiteURL: "file:" + *dir + "/",
	})
	if err != nil {
		log.Fatal("ferretdb: ", err)
	}
	fmt.Println(f.MongoDBURI())
	if err := f.Run(ctx); err != nil && ctx.Err() == nil {
		log.Fatal("ferretdb: ", err)
	}
}
