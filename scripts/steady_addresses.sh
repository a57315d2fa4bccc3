# shellcheck shell=bash
# To be sourced at the root: before clang 18 a sanitizer can't place its memory where the kernel
# spreads addresses wider, so that there the script is run anew without.
if [[ $(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 28) -gt 28 && -z ${TOPUP_NO_ASLR:-} ]] &&
  setarch -R true 2>/dev/null; then
  TOPUP_NO_ASLR=1 exec setarch -R "scripts/${0##*/}" "$@"
fi
