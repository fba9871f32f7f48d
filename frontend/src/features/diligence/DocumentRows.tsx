import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { CaseValues } from './caseForm';
import classes from './diligence.module.css';

/** Where the documents of a case lie; the documents themselves are not kept in Piper. */
export function DocumentRows({ form }: { form: UseFormReturnType<CaseValues> }) {
  return (
    <>
      {form.values.documents.map((_, i) => {
        const n = String(i + 1);
        const field = (name: string) => form.getInputProps(`documents.${String(i)}.${name}`);
        return (
          <div key={i} className={classes.document} role="group" aria-label={`Document ${n}`}>
            <TextInput label="Name" {...field('name')} />
            <TextInput label="What it is" placeholder="Statutes" {...field('kind')} />
            <TextInput
              label="Address, or where it is kept"
              placeholder="https://…"
              {...field('where')}
            />
            <TextInput label="Of" type="date" {...field('dated')} />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`Take document ${n} out`}
              onClick={() => form.removeListItem('documents', i)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() =>
          form.insertListItem('documents', { name: '', kind: '', where: '', dated: '' })
        }
      >
        Add a document
      </Button>
    </>
  );
}
