import { NativeSelect, TagsInput, Textarea, TextInput } from '@mantine/core';
import { lawfulBasisWords, options, sourceTypeWords } from '@/shared/format/words';
import classes from './Form.module.css';
import type { StakeholderFormApi } from './StakeholderForm';

const none = { value: '', label: '–' };

/** What belongs to a role or to a kind, shown with it and not before. */
export function DetailFields({ form }: { form: StakeholderFormApi }) {
  const { kind, roles } = form.values;
  const field = (path: string) => ({ ...form.getInputProps(path), 'data-path': path });
  return (
    <>
      {roles.includes('donor') && <DonorFields field={field} />}
      {roles.includes('igo') && (
        <fieldset className={classes.group}>
          <legend>As an intergovernmental body</legend>
          <TextInput label="Body within it" {...field('igo.body')} />
          <Textarea label="Mandate" autosize minRows={2} {...field('igo.mandate')} />
        </fieldset>
      )}
      {roles.includes('mep') && (
        <fieldset className={`${classes.group} ${classes.pair}`}>
          <legend>As a member of the European Parliament</legend>
          <TextInput label="Political group" {...field('mep.group')} />
          <TagsInput label="Committees" placeholder="LIBE, FEMM" {...field('mep.committees')} />
        </fieldset>
      )}
      {roles.includes('movement') && (
        <fieldset className={classes.group}>
          <legend>As a movement</legend>
          <TagsInput label="Causes" {...field('movement.causes')} />
        </fieldset>
      )}
      {kind === 'person' && (
        <fieldset className={`${classes.group} ${classes.pair}`}>
          <legend>Why we may keep their data</legend>
          <NativeSelect
            label="Lawful basis"
            data={[none, ...options(lawfulBasisWords)]}
            {...field('basis.lawfulBasis')}
          />
          <TextInput label="Since" type="date" {...field('basis.date')} />
          <TextInput label="Where the data came from" {...field('basis.source')} />
        </fieldset>
      )}
    </>
  );
}

function DonorFields({ field }: { field: (path: string) => object }) {
  return (
    <fieldset className={classes.group}>
      <legend>As a donor</legend>
      <NativeSelect
        label="Kind of purse"
        data={[none, ...options(sourceTypeWords)]}
        {...field('donor.sourceType')}
      />
      <Textarea
        label="What they fund, and on which terms"
        autosize
        minRows={2}
        {...field('donor.policyNotes')}
      />
    </fieldset>
  );
}
