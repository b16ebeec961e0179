import Baby from '@lucide/svelte/icons/baby';
import BookOpen from '@lucide/svelte/icons/book-open';
import Car from '@lucide/svelte/icons/car';
import Coffee from '@lucide/svelte/icons/coffee';
import CookingPot from '@lucide/svelte/icons/cooking-pot';
import FileText from '@lucide/svelte/icons/file-text';
import Hammer from '@lucide/svelte/icons/hammer';
import HandHelping from '@lucide/svelte/icons/hand-helping';
import KeyRound from '@lucide/svelte/icons/key-round';
import Package from '@lucide/svelte/icons/package';
import PawPrint from '@lucide/svelte/icons/paw-print';
import Scissors from '@lucide/svelte/icons/scissors';
import ShoppingBasket from '@lucide/svelte/icons/shopping-basket';
import Smartphone from '@lucide/svelte/icons/smartphone';
import Sprout from '@lucide/svelte/icons/sprout';
import ThermometerSun from '@lucide/svelte/icons/thermometer-sun';
import type { Category } from '@palier/domain/posts';
import type { Component } from 'svelte';

/** The drawing of each category; its word is always beside it. */
export const categoryIcons: Readonly<Record<Category, Component<{ size?: number | string }>>> = {
  errands: ShoppingBasket,
  'heat-check': ThermometerSun,
  repair: Hammer,
  'heavy-lifting': Package,
  transport: Car,
  digital: Smartphone,
  paperwork: FileText,
  company: Coffee,
  childcare: Baby,
  schoolwork: BookOpen,
  pets: PawPrint,
  garden: Sprout,
  lending: KeyRound,
  cooking: CookingPot,
  sewing: Scissors,
  other: HandHelping,
};
