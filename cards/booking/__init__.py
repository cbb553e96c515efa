"""Pick-up and booking; who comes for which agency; a booking that moves or is called off."""
