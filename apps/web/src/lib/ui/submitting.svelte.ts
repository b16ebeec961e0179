import { tick } from 'svelte';
import type { SubmitFunction } from '$app/forms';

/**
 * One form's sending: `use:enhance={sending.submit}`. It holds a second submission back, keeps what was typed when the
 * answer is a refusal, and then puts the focus on the first field at fault (a banner with role alert is read by itself).
 */
export class Submitting {
  isSending = $state(false);

  submit: SubmitFunction = ({ formElement, cancel }) => {
    if (this.isSending) {
      cancel();
      return undefined;
    }
    this.isSending = true;
    return async ({ result, update }) => {
      await update({ reset: result.type === 'success' });
      this.isSending = false;
      if (result.type !== 'failure') return;
      await tick();
      formElement.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')?.focus();
    };
  };
}
