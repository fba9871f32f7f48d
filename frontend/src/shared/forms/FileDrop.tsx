import { Button } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { formatBytes } from '@/shared/format/number';
import classes from './FileDrop.module.css';

interface FileDropProps {
  file: File | null;
  onFile?: (file: File) => void;
  /** Several files may be chosen at once. */
  onFiles?: (files: File[]) => void;
  /** What may be dropped, in a sentence, and what becomes of it. */
  title: string;
  hint: string;
  /** As the browser's file dialog has it. */
  accept: string;
  label: string;
  busy?: boolean;
}

/** A place to drop a file on; the button does the same for keyboard and phone. */
export function FileDrop({
  file,
  onFile,
  onFiles,
  title,
  hint,
  accept,
  label,
  busy = false,
}: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  const take = (files: File[]) => {
    const [first] = files;
    if (!first) return;
    onFiles?.(files);
    onFile?.(first);
  };
  return (
    // Dropping is an extra for the mouse; the button inside is the way for everybody.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileSpreadsheet size={28} stroke={1.4} aria-hidden />
      <div className={classes.dropText}>
        <p className={classes.dropTitle}>
          {file ? `${file.name}, ${formatBytes(file.size)}` : title}
        </p>
        <p className={classes.hint}>{hint}</p>
      </div>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={onFiles !== undefined}
        hidden
        aria-label={label}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <Button
        loading={busy}
        variant={file ? 'default' : 'filled'}
        onClick={() => input.current?.click()}
      >
        {file ? 'Choose another' : onFiles ? 'Choose files' : 'Choose a file'}
      </Button>
    </div>
  );
}
