"""What `./dev bench` runs: real requests to a real server, printed beside what is to be reached."""
